import ar from "./ar.json";
import reading from "./reading.ar.json";

/** All Arabic texts, fetched only where they are wanted. */
export const arabic: Record<string, string> = { ...ar, ...reading };
