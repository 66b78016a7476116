import type { FormatChoice } from "../format.ts";
import { CsvReader } from "./csv-reader.ts";
import type { DocumentBuilder } from "./document-builder.ts";
import { EventReader } from "./event-reader.ts";
import { FormReader } from "./form-reader.ts";
import { JsonReader } from "./json-reader.ts";
import type { Reader } from "./reader.ts";
import { TextReader } from "./text-reader.ts";
import { XmlReader } from "./xml-reader.ts";

/** What reads a body of this format. */
export function readerOf({ format, guard }: FormatChoice, builder: DocumentBuilder): Reader {
  switch (format) {
    case "ndjson":
    case "json-seq":
      builder.makeList();
      return new JsonReader(builder);
    case "json":
      return new JsonReader(builder, { isCall: guard === "jsonp" });
    case "xml":
      return new XmlReader(builder);
    case "csv":
      builder.makeList();
      return new CsvReader(builder);
    case "form":
      return new FormReader(builder);
    case "sse":
      builder.makeList();
      return new EventReader(builder);
    case "text":
      return new TextReader(builder);
  }
}
