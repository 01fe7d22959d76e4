/** What the server says of its answers has to be what this page takes them for: where it is not, this does not compile. */

import type * as server from "./generated";
import type { Board, Call, Unit } from "./types";

type Agrees<Server extends Page, Page> = Server;

export type Agreed = [
  Agrees<server.BoardOut, Board>,
  Agrees<server.UnitOut, Unit>,
  Agrees<server.CallOnBoardOut, Call>,
];
