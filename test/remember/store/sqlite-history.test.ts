import { describeHistoryStore } from "./conformance.ts";
import { sqlitePlace } from "./sqlite-place.ts";

describeHistoryStore("SQLite", sqlitePlace);
