/** The server's caps, see docs/protocol.md: told before anything is uploaded. */
export const mostFiles = 10;
export const mostImages = 5;
export const largestFile = 20 * 1024 * 1024;

/** Models are given no more than this, in pixels of the longer side. */
export const longestSide = 2048;
/** Five images of this many bytes are 3.5 MB in base64, which is what a request to the model may hold. */
export const largestImage = 510_000;
/** A photo as cameras write it is read here, before it is made smaller. */
export const largestSource = 100 * 1024 * 1024;
