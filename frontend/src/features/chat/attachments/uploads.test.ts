import { describe, expect, it, vi } from "vitest";
import { ApiError } from "@/lib/api-client";
import type { Attachment } from "@/lib/protocol/rest";
import { Uploads, type UploadsOptions } from "./uploads";

function attachment(id: number, kind: Attachment["kind"] = "text"): Attachment {
  return { id, name: `${id}`, media_type: "text/plain", kind, size: 1, created_at: "2026-10-01T09:30:00Z" };
}

function textFile(name: string): File {
  return new File(["hello"], name, { type: "text/plain" });
}

/** Answers when the test says so. */
function setUp(there: Attachment[] = []) {
  const sent: {
    name: string;
    progress: (done: number) => void;
    signal: AbortSignal;
    end: PromiseWithResolvers;
  }[] = [];
  const options = {
    prepare: vi.fn(({ name }: File) => Promise.resolve({ blob: new Blob(["small"]), name: `small ${name}` })),
    send: ({ name }, { onProgress, signal }) => {
      let resolve!: (attachment: Attachment) => void;
      let reject!: (error: unknown) => void;
      const promise = new Promise<Attachment>((yes, no) => ([resolve, reject] = [yes, no]));
      signal.addEventListener("abort", () => reject(new DOMException("Given up.", "AbortError")));
      sent.push({ name, progress: onProgress, signal, end: { resolve, reject } });
      return promise;
    },
    files: () => there,
    onDone: vi.fn<UploadsOptions["onDone"]>(),
    onUnwanted: vi.fn<UploadsOptions["onUnwanted"]>(),
  } satisfies UploadsOptions;
  return { uploads: new Uploads(options), options, sent };
}

interface PromiseWithResolvers {
  resolve: (attachment: Attachment) => void;
  reject: (error: unknown) => void;
}

describe("Uploads", () => {
  it("A file goes up, tells how far it is, and becomes part of the draft", async () => {
    const { uploads, options, sent } = setUp();
    uploads.add("12", [textFile("notes.md")]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    sent[0]?.progress(0.5);
    expect(uploads.of("12")).toMatchObject([{ state: "uploading", progress: 0.5 }]);
    sent[0]?.end.resolve(attachment(7));
    await vi.waitFor(() => expect(options.onDone).toHaveBeenCalledExactlyOnceWith("12", attachment(7)));
    expect(uploads.of("12")).toEqual([]);
    expect(options.prepare).not.toHaveBeenCalled();
  });

  it("Two go at once, the others wait for them", async () => {
    const { uploads, sent } = setUp();
    uploads.add("12", ["a", "b", "c"].map(textFile));
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(uploads.of("12").map(({ state }) => state)).toEqual(["uploading", "uploading", "waiting"]);
    sent[0]?.end.resolve(attachment(1));
    await vi.waitFor(() => expect(sent.map(({ name }) => name)).toEqual(["a", "b", "c"]));
  });

  it("A picture is made smaller first; one that the browser cannot read goes as it is", async () => {
    const { uploads, options, sent } = setUp();
    uploads.add("12", [new File(["x"], "photo.jpg", { type: "image/jpeg" })]);
    await vi.waitFor(() => expect(sent[0]?.name).toBe("small photo.jpg"));
    options.prepare.mockRejectedValueOnce(new Error("No picture."));
    uploads.add("12", [new File(["x"], "broken.png", { type: "image/png" })]);
    await vi.waitFor(() => expect(sent[1]?.name).toBe("broken.png"));
  });

  it("What failed says why, and is tried again where that can help", async () => {
    const { uploads, options, sent } = setUp();
    uploads.add("12", [textFile("a"), textFile("b")]);
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    sent[0]?.end.reject(new ApiError(0, "The server cannot be reached."));
    sent[1]?.end.reject(new ApiError(415, "Only pictures and text files."));
    await vi.waitFor(() =>
      expect(uploads.of("12")).toMatchObject([
        { state: "failed", error: "The server cannot be reached.", retryable: true },
        { state: "failed", error: "Only pictures and text files.", retryable: false },
      ]),
    );
    uploads.retry(uploads.of("12")[0]?.id ?? "");
    await vi.waitFor(() => expect(sent).toHaveLength(3));
    sent[2]?.end.resolve(attachment(3));
    await vi.waitFor(() => expect(options.onDone).toHaveBeenCalledOnce());
  });

  it("One that is taken away is given up, and deleted where it arrived all the same", async () => {
    const { uploads, options, sent } = setUp();
    uploads.add("12", [textFile("a"), textFile("b")]);
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    const [first, second] = uploads.of("12");
    sent[1]?.end.resolve(attachment(2));
    uploads.remove(first?.id ?? "");
    uploads.remove(second?.id ?? "");
    expect(sent[0]?.signal.aborted).toBe(true);
    await vi.waitFor(() => expect(options.onUnwanted).toHaveBeenCalledExactlyOnceWith(attachment(2)));
    expect(options.onDone).not.toHaveBeenCalled();
    expect(uploads.of("12")).toEqual([]);
  });

  it("Beyond ten files, or five pictures, one is refused and nothing of it is sent", async () => {
    const five = [1, 2, 3, 4, 5].map((id) => attachment(id, "image"));
    const { uploads, sent } = setUp(five);
    uploads.add("12", [new File(["x"], "sixth.png", { type: "image/png" })]);
    expect(uploads.of("12")).toMatchObject([{ state: "failed", error: "A message has at most 5 pictures." }]);
    uploads.add("12", ["6", "7", "8", "9", "10", "eleventh"].map(textFile));
    expect(uploads.of("12").at(-1)).toMatchObject({
      state: "failed",
      error: "A message has at most 10 files.",
    });
    await vi.waitFor(() => expect(sent).toHaveLength(2));
    expect(sent.map(({ name }) => name)).not.toContain("sixth.png");
  });

  it("Empty files, films and what is too large are refused before anything is sent", () => {
    const { uploads, sent } = setUp();
    const large = new File([], "large.txt");
    Object.defineProperty(large, "size", { value: 20 * 1024 * 1024 + 1 });
    uploads.add("12", [new File([], "empty.txt"), new File(["x"], "film.mp4", { type: "video/mp4" }), large]);
    expect(uploads.of("12").map(({ error }) => error)).toEqual([
      "This file is empty, or a folder.",
      "Only pictures and text files can be attached.",
      "This file is larger than 20 MB.",
    ]);
    expect(sent).toEqual([]);
  });

  it("What is on its way goes along when the new chat becomes a conversation", async () => {
    const { uploads, options, sent } = setUp();
    uploads.add("new", [textFile("a")]);
    await vi.waitFor(() => expect(sent).toHaveLength(1));
    uploads.move("new", "12");
    sent[0]?.end.resolve(attachment(1));
    await vi.waitFor(() => expect(options.onDone).toHaveBeenCalledExactlyOnceWith("12", attachment(1)));
  });
});
