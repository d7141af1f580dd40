/** Endings of files by language, where the language's name is none. */
const endings: Record<string, string> = {
  bash: "sh",
  batch: "bat",
  c: "c",
  "c#": "cs",
  "c++": "cpp",
  cpp: "cpp",
  csharp: "cs",
  css: "css",
  csv: "csv",
  diff: "diff",
  elixir: "ex",
  erlang: "erl",
  fsharp: "fs",
  go: "go",
  golang: "go",
  graphql: "graphql",
  haskell: "hs",
  html: "html",
  ini: "ini",
  java: "java",
  javascript: "js",
  js: "js",
  json: "json",
  jsonc: "json",
  jsx: "jsx",
  julia: "jl",
  kotlin: "kt",
  latex: "tex",
  lua: "lua",
  makefile: "mk",
  markdown: "md",
  md: "md",
  mermaid: "mmd",
  perl: "pl",
  php: "php",
  powershell: "ps1",
  ps1: "ps1",
  py: "py",
  python: "py",
  r: "r",
  rb: "rb",
  rs: "rs",
  ruby: "rb",
  rust: "rs",
  scala: "scala",
  sh: "sh",
  shell: "sh",
  sql: "sql",
  svg: "svg",
  swift: "swift",
  tex: "tex",
  toml: "toml",
  ts: "ts",
  tsx: "tsx",
  typescript: "ts",
  xml: "xml",
  yaml: "yaml",
  yml: "yml",
  zig: "zig",
  zsh: "zsh",
};

/** What a block of code is called as a file. The language is a model's word: only known ones decide. */
export function downloadName(language: string): string {
  const name = language.toLowerCase();
  if (name === "dockerfile" || name === "docker") return "Dockerfile";
  return `code.${Object.hasOwn(endings, name) ? endings[name] : "txt"}`;
}

/** Hands a text to the browser as a file. */
export function download(text: string, name: string, type = "text/plain"): void {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
