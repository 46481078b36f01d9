// What a template holds, in words.

import type { Template } from "../../shared/bindings/Template";
import { counted, MEETING_ROLES, sentenceOf, wordOf } from "../words";

/** Returns what applying a template brings along, in a few words each. */
export function templateWords(template: Template): string[] {
  return template.edits.flatMap((edit) => {
    switch (edit.type) {
      case "agenda": {
        const total = edit.planned.reduce((sum, { minutes }) => sum + minutes, 0);
        return [`${total} min in ${counted(edit.planned.length, "section")}`];
      }
      case "list":
        return edit.list === "invited" ? [`${edit.items.length} invited`] : [sentenceOf(edit.items)];
      case "role":
        return [`${wordOf(MEETING_ROLES, edit.role)} ${sentenceOf(edit.names)}`];
      case "text":
        return [edit.field === "owner" ? `owned by ${edit.text}` : `called ${edit.text}`];
      case "phone-hints":
        return edit.on ? ["hints on phones"] : [];
      default:
        return [];
    }
  });
}

/** Says how much a template takes along. */
export const scopeWords = (template: Template): string =>
  template.scope === "agenda" ? "Agenda" : "Whole post-mortem";
