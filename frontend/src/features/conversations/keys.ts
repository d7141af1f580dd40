/** Of what is counted and kept beside the lists. */
export const tagsKey = ["tags"];
export const trashKey = ["trash"];
