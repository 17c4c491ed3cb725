import { flagOf, recordOf, textOf } from '../decode.ts';
import { hasCode } from '../errors.ts';
import type { CheckContext, Finding } from './check.ts';
import { askGraph } from './unanswered.ts';

/**
 * Exchange Foundation, for enterprises and for governments: in nearly every licence, and without a mailbox
 * (Microsoft's "Product names and service plan identifiers for licensing").
 */
const PLANS_WITHOUT_MAILBOX = [
  '113feb6c-3fe4-4440-bddc-54d774bf0318',
  '922ba911-5694-4e99-a794-73aed9bfeec8',
];

/** Whether EMAIL_FROM looks like a mailbox that can send. That it is one is not provable without sending. */
export async function checkSender(
  { settings, session: { graph } }: CheckContext,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const user = encodeURIComponent(settings.emailFrom);
  if (user === '') {
    return [aProblem('EMAIL_FROM is empty, so nothing can be sent.', 'Set EMAIL_FROM.')];
  }
  const path = `/v1.0/users/${user}?$select=id,accountEnabled,mail,userType,assignedPlans`;
  try {
    const record = await askGraph(graph, path, 'the sender', signal);
    return [judgeSender(record)];
  } catch (error) {
    if (!hasCode(error, 'graph_refused') || error.facts['status'] !== 404) throw error;
    const what = 'The tenant has no user whose user principal name or object id is EMAIL_FROM.';
    return [aProblem(what, 'Set EMAIL_FROM to a mailbox of this tenant.')];
  }
}

function judgeSender(user: Readonly<Record<string, unknown>>): Finding {
  if (textOf(user['userType'])?.toLowerCase() === 'guest') {
    const what = 'EMAIL_FROM is a guest, whose mailbox is in another tenant.';
    return aProblem(what, 'Set EMAIL_FROM to a mailbox of this tenant.');
  }
  if (textOf(user['mail']) === undefined) {
    const what = 'EMAIL_FROM has no mail address, so it has no mailbox.';
    return aProblem(what, 'Give it a mailbox, or set EMAIL_FROM to one that exists.');
  }
  const isEnabled = flagOf(user['accountEnabled']) === true;
  return hasExchangePlan(user['assignedPlans']) ? judgeLicensed(isEnabled) : judgeShared(isEnabled);
}

function hasExchangePlan(plans: unknown): boolean {
  return (Array.isArray(plans) ? plans : []).some((plan) => {
    const { service, capabilityStatus, servicePlanId } = recordOf(plan);
    return (
      textOf(service)?.toLowerCase() === 'exchange' &&
      // Warning: past its end, and still working.
      (capabilityStatus === 'Enabled' || capabilityStatus === 'Warning') &&
      !PLANS_WITHOUT_MAILBOX.includes(textOf(servicePlanId)?.toLowerCase() ?? '')
    );
  });
}

function judgeLicensed(isEnabled: boolean): Finding {
  const basis = {
    check: 'sender',
    facts: { sender: 'licensed', isSenderEnabled: isEnabled },
  } as const;
  if (isEnabled) {
    const what =
      'EMAIL_FROM exists, is enabled, and has an address and a plan with Exchange; more is not provable without sending.';
    return { ...basis, level: 'ok', what };
  }
  return {
    ...basis,
    level: 'warning',
    what: 'EMAIL_FROM has an address and a plan with Exchange, but its account is not enabled; whether it can send is not provable without sending.',
    todo: 'Enable the account, unless it is a shared mailbox.',
  };
}

/** A shared mailbox needs no licence, and its account is disabled as Exchange Online makes it. */
function judgeShared(isEnabled: boolean): Finding {
  const basis = {
    check: 'sender',
    facts: { sender: 'unlicensed', isSenderEnabled: isEnabled },
  } as const;
  if (!isEnabled) {
    const what =
      'EMAIL_FROM has an address, an account that is not enabled and no plan with Exchange, as a shared mailbox has; that it is one is not provable without sending.';
    return { ...basis, level: 'ok', what };
  }
  return {
    ...basis,
    level: 'warning',
    what: 'EMAIL_FROM is enabled and has an address, but no plan with Exchange; only a shared mailbox can send without, and that it is one is not provable without sending.',
    todo: 'Block its sign-in if it is a shared mailbox, and give it a licence with Exchange if it is not.',
  };
}

function aProblem(what: string, todo: string): Finding {
  return { check: 'sender', level: 'problem', what, todo };
}
