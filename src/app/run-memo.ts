import type { NetResult } from "../model/net-port.ts";
import type { UnobservedReason } from "../model/reason.ts";
import type { RunMemo } from "../model/run-memo.ts";

/** One for a run, or for a worker of a fleet. `mostOctets`: of answers that are kept; the oldest go first. */
export function createRunMemo(mostOctets: number = MOST_OCTETS): RunMemo {
  const answers = new Map<string, Promise<NetResult<Uint8Array>>>();
  const sizes = new Map<string, number>();
  const forget = (key: string) => {
    answers.delete(key);
    sizes.delete(key);
  };
  const keep = (key: string, octets: number) => {
    sizes.set(key, octets);
    let total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
    for (const [oldest, size] of sizes) {
      if (total <= mostOctets) break;
      total -= size;
      forget(oldest);
    }
  };
  const asked = async (key: string, ask: () => Promise<NetResult<Uint8Array>>) => {
    try {
      const answer = await ask();
      if (isOfTheAsker(answer)) forget(key);
      else keep(key, answer.ok ? answer.value.length : 0);
      return answer;
    } catch (error) {
      forget(key);
      throw error;
    }
  };
  return {
    async once(key, ask) {
      for (let known = answers.get(key); known !== undefined; known = answers.get(key)) {
        const answer = await known;
        if (!isOfTheAsker(answer)) return answer;
      }
      const answer = asked(key, ask);
      answers.set(key, answer);
      return answer;
    },
  };
}

/** Its time or its budget was over: others have theirs. */
function isOfTheAsker(answer: NetResult<Uint8Array>): boolean {
  return !answer.ok && OF_THE_ASKER.includes(answer.error.reason);
}

const OF_THE_ASKER: readonly UnobservedReason[] = ["budget_exhausted", "deadline_exceeded", "interrupted"];
/** Half a dozen of the longest lists. */
const MOST_OCTETS = 64 * 1024 * 1024;
