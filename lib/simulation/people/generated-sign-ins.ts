import {
  generatedId,
  generatedNames,
  doesMfa,
  expectedStanding,
  userIndex,
} from './generated-users.ts';
import type { GeneratedUsers } from './generated-users.ts';
import { DAY_MS, guid, hash, SECOND_MS } from './generated.ts';
import { OUTCOMES } from './outcomes.ts';
import {
  ADMIN_CENTRE,
  AZURE_CLI,
  AZURE_MOBILE,
  AZURE_POWERSHELL,
  MICROSOFT_GRAPH,
  OUTLOOK,
  PORTAL,
  RESOURCE_MANAGER,
  SIGN_IN_KINDS,
  TEAMS,
  TERRAFORM,
} from './sign-in.ts';
import type { Outcome } from './outcomes.ts';
import type { Application, Resource, SignIn, SignInKind, SignInPerson } from './sign-in.ts';

interface Use {
  readonly application: Application;
  readonly resource: Resource;
}

const use = (
  times: number,
  application: Application,
  resource = application.resource,
): readonly Use[] => Array.from({ length: times }, () => ({ application, resource }));

/** A hundred sign-ins in a row: 66 to enforced applications, 26 of them for Resource Manager, then 34 to others. */
const ENFORCED: readonly Use[] = [
  ...use(10, AZURE_CLI),
  ...use(6, AZURE_POWERSHELL),
  ...use(8, PORTAL, RESOURCE_MANAGER),
  ...use(1, AZURE_MOBILE),
  ...use(1, TERRAFORM),
  ...use(26, PORTAL),
  ...use(9, ADMIN_CENTRE),
  ...use(5, AZURE_CLI, MICROSOFT_GRAPH),
];
const BLOCK = [...ENFORCED, ...use(20, TEAMS), ...use(14, OUTLOOK)];

export const ENFORCED_SHARE = ENFORCED.length / BLOCK.length;

/** Gives the generated users' sign-ins between two instants, newest first. */
export type GeneratedSignIns = (fromMs: number, toMs: number) => Generator<SignIn>;

const [JITTER_TAG, BLOCK_TAG, PERSON_TAG, FAILURE_TAG, ID_TAG] = [20, 21, 22, 23, 24] as const;
/** None of them wants MFA: whom that stops is decided one by one, for the fixture users. */
const FAILURES = [OUTCOMES.wrongPassword, OUTCOMES.keepMeSignedIn, OUTCOMES.blockedByPolicy];
/** A stride that shares no factor with any number of people, so that everybody's turn comes once a round. */
const PRIME = 2_147_483_647;

/**
 * Sign-ins of one kind, `perDay` a day, for ever back and forth in time. Time is cut into equal slots with one sign-in
 * each, so that the sign-ins around an instant are found by a division and nothing is kept: what happens in a slot
 * follows from its number alone. Those who use enforced applications take turns there; every other turn never fails,
 * and shows MFA where the person does MFA.
 */
export function generatedSignIns(
  generated: GeneratedUsers,
  kind: SignInKind,
  perDay: number,
): GeneratedSignIns {
  const slotMs = DAY_MS / perDay;
  const seed = hash(generated.seed, BLOCK_TAG, SIGN_IN_KINDS.indexOf(kind));
  const source = { generated, kind, seed, people: new Map<number, SignInPerson>() };
  const atMs = (slot: number) => {
    const exactMs = (slot + hash(seed, JITTER_TAG, slot) / 2 ** 32) * slotMs;
    return exactMs - (exactMs % SECOND_MS);
  };
  return function* (fromMs, toMs) {
    if (generated.userCount === 0) {
      return;
    }
    // Whole seconds are compared, so a slot that begins later within the last second belongs to it.
    for (let slot = Math.floor((toMs + SECOND_MS) / slotMs); ; slot--) {
      const slotAtMs = atMs(slot);
      if (slotAtMs < fromMs) {
        return;
      }
      if (slotAtMs <= toMs) {
        yield new GeneratedSignIn(source, slot, slotAtMs);
      }
    }
  };
}

interface Source {
  readonly generated: GeneratedUsers;
  readonly kind: SignInKind;
  readonly seed: number;
  /** Those who have signed in so far: each is asked for again and again. */
  readonly people: Map<number, SignInPerson>;
}

/** A sign-in whose person and outcome are worked out only when asked for: most that are looked at are filtered away. */
class GeneratedSignIn implements SignIn {
  readonly atMs: number;
  readonly kind: SignInKind;
  readonly application: Application;
  readonly resource: Resource;
  readonly #source: Source;
  readonly #slot: number;
  readonly #index: number;
  readonly #turn: number | undefined;

  constructor(source: Source, slot: number, atMs: number) {
    const { generated, seed, kind } = source;
    const block = Math.floor(slot / BLOCK.length);
    const rank = ((slot - block * BLOCK.length) * 37 + hash(seed, BLOCK_TAG, block)) % BLOCK.length;
    const { application, resource } = BLOCK[rank] as Use;
    this.atMs = atMs;
    this.kind = kind;
    this.application = application;
    this.resource = resource;
    this.#source = source;
    this.#slot = slot;
    this.#turn = rank < ENFORCED.length ? block * ENFORCED.length + rank : undefined;
    const mixed = this.#turn ?? hash(seed, PERSON_TAG, slot);
    this.#index = userIndex(((mixed % generated.userCount) * PRIME) % generated.userCount);
  }

  get id() {
    const { generated, kind } = this.#source;
    return guid(generated.seed, ID_TAG + SIGN_IN_KINDS.indexOf(kind), this.#slot);
  }

  get person(): SignInPerson {
    const { generated, people } = this.#source;
    let person = people.get(this.#index);
    if (person === undefined) {
      const { displayName, signInName, guest } = generatedNames(generated, this.#index);
      person = {
        id: generatedId(generated, this.#index),
        displayName,
        signInName,
        guest,
        isExternal: guest,
      };
      people.set(this.#index, person);
    }
    return person;
  }

  get outcome(): Outcome {
    const { generated, kind } = this.#source;
    const oneFactor = kind === 'interactive' ? OUTCOMES.password : OUTCOMES.refreshed;
    if (this.#turn === undefined) {
      return oneFactor;
    }
    const round = Math.floor(this.#turn / generated.userCount);
    if (round % 2 === 1) {
      const mixed = hash(generated.seed, FAILURE_TAG, this.#turn);
      return mixed % 8 === 0 ? (FAILURES[(mixed >>> 4) % FAILURES.length] as Outcome) : oneFactor;
    }
    if (!doesMfa(generated, this.#index)) {
      return oneFactor;
    }
    if (expectedStanding(generated, this.#index) === 'satisfied-elsewhere') {
      return OUTCOMES.claimFromElsewhere;
    }
    return kind === 'interactive' ? OUTCOMES.push : OUTCOMES.claimInToken;
  }
}
