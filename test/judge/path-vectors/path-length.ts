import { subjectAltName } from "../../lab/support/certificate-extensions.ts";
import { accepts, authority, below, HOST, type PathVector, PEDANTIC, rejects, root, through } from "./vector.ts";

/** x509-limbo, pathlen (RFC 5280 section 4.2.1.9). */
export const PATH_LENGTH: readonly PathVector[] = [
  ...[0, 1, 2].map((pathLen) =>
    accepts(`pathlen::ee-with-intermediate-pathlen-${pathLen}`, "A leaf does not count.", () => through([{ pathLen }])),
  ),
  accepts(
    "pathlen::validation-ignores-pathlen-in-leaf",
    "The last certificate does not count, though it is an authority.",
    () => {
      const anchor = root();
      const first = authority(anchor, { pathLen: 0 });
      return { chain: [authority(first, { pathLen: 0, with: [subjectAltName({ dns: [HOST] })] }), first], roots: [anchor] };
    },
    PEDANTIC,
  ),
  rejects("pathlen::intermediate-violates-pathlen-0", "An authority below one that may have none.", () =>
    through([{ pathLen: 0 }, { pathLen: 0 }]),
  ),
  accepts("pathlen::intermediate-pathlen-may-increase", "A lower one may allow more, which gives it nothing.", () =>
    through([{ pathLen: 1 }, { pathLen: 2 }]),
  ),
  rejects("pathlen::intermediate-pathlen-too-long", "The second allows none below it.", () =>
    through([{ pathLen: 1 }, { pathLen: 0 }, { pathLen: 0 }]),
  ),
  accepts(
    "pathlen::self-issued-certs-pathlen",
    "What an authority issued to itself does not count; some browsers count it.",
    () => below(root(), [{ subject: "renewed", pathLen: 1 }, { subject: "renewed", pathLen: 1 }, { pathLen: 0 }]),
    PEDANTIC,
  ),
];
