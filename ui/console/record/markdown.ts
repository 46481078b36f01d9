// The few shapes of Markdown that the record is written in, read back for its preview.
//
// It is a preview and no Markdown library: whatever is not recognised stays visible as plain text. Only the source of a
// drawing is left out.

export type Block =
  | { type: "heading"; level: number; text: string }
  | { type: "list"; ordered: boolean; items: string[] }
  | { type: "table"; head: string[]; rows: string[][] }
  | { type: "code"; text: string }
  | { type: "quote"; text: string }
  | { type: "rule" }
  | { type: "text"; text: string };

const ITEM = /^\s*(?:[-*+]|(\d+)[.)])\s+(.*)$/;

/** Splits a document into blocks, in order. */
export function blocks(markdown: string): Block[] {
  const lines = markdown.split("\n");
  const found: Block[] = [];
  let at = 0;
  const takeWhile = (test: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && test(lines[at] ?? "")) at += 1;
    return lines.slice(from, at);
  };

  while (at < lines.length) {
    const line = lines[at] ?? "";
    const heading = /^(#{1,6})\s+(.*)$/.exec(line);
    if (line.trim() === "") {
      at += 1;
    } else if (heading) {
      found.push({ type: "heading", level: heading[1]?.length ?? 1, text: plain(heading[2] ?? "") });
      at += 1;
    } else if (line.startsWith("```")) {
      at += 1;
      const text = takeWhile((line) => !line.startsWith("```")).join("\n");
      // The source of a drawing says nothing that the list or table after it does not.
      if (!line.endsWith("mermaid")) found.push({ type: "code", text });
      at += 1;
    } else if (/^(---|\*\*\*|___)\s*$/.test(line)) {
      found.push({ type: "rule" });
      at += 1;
    } else if (line.startsWith("|")) {
      found.push(table(takeWhile((line) => line.startsWith("|"))));
    } else if (line.startsWith(">")) {
      const quoted = takeWhile((line) => line.startsWith(">"));
      found.push({ type: "quote", text: plain(quoted.map((line) => line.replace(/^>\s?/, "")).join(" ")) });
    } else if (ITEM.test(line)) {
      const ordered = ITEM.exec(line)?.[1] !== undefined;
      found.push({
        type: "list",
        ordered,
        items: items(takeWhile((line) => ITEM.test(line) || /^\s+\S/.test(line))),
      });
    } else {
      const text = takeWhile(
        (line) => line.trim() !== "" && !/^(#{1,6}\s|\||>|```)/.test(line) && !ITEM.test(line),
      );
      found.push({ type: "text", text: plain(text.join(" ")) });
    }
  }
  return found;
}

function items(lines: readonly string[]): string[] {
  const found: string[] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item) found.push(item[2] ?? "");
    else found.push(`${found.pop() ?? ""} ${line.trim()}`);
  }
  return found.map(plain);
}

function table(lines: readonly string[]): Block {
  const [head = [], ...rows] = lines
    .filter((line) => !/^\|[\s:|-]+$/.test(line))
    .map((line) =>
      line
        .replace(/^\||\|\s*$/g, "")
        .split(/(?<!\\)\|/)
        .map((cell) => plain(cell.trim())),
    );
  return { type: "table", head, rows };
}

/** Takes the marks of emphasis, links and escapes out of a line. */
function plain(text: string): string {
  return text
    .replace(/\*\*(.+?)\*\*/g, "$1")
    .replace(/(?<![\\\w*])[*_](\S(?:.*?\S)?)[*_](?!\w)/g, "$1")
    .replace(/(?<!\\)`([^`]+)`/g, "$1")
    .replace(/(?<!\\)\[([^\]]+)\]\(([^)]*)\)/g, "$1")
    .replace(/<br\s*\/?>/g, " ")
    .replace(/\\([\\`*_{}[\]()#+\-.!|<>~&])/g, "$1");
}
