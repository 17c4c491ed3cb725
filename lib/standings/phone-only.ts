import { changeDay } from '../entra/announcements.ts';
import { methodClass } from '../entra/methods.ts';
import type { Privilege } from './person.ts';

/**
 * True where every method that counts is a phone: such a person has nothing left when Microsoft ends SMS and voice.
 * Methods are the names of methodsRegistered; what is no second factor does not count.
 */
export function hasPhonesOnly(methods: readonly string[]): boolean {
  const classes = new Set(methods.map(methodClass));
  classes.delete('none');
  return classes.size === 1 && classes.has('sms-voice');
}

/**
 * The first day, YYYY-MM-DD, on which Microsoft's own SMS and voice do not work for somebody. Where it is not known
 * whether they are a Global Administrator, the earlier one.
 */
export function phoneEndsOn(privilege: Privilege, isExternal: boolean): string {
  const isLater = isExternal || privilege === 'global-administrator';
  return changeDay(isLater ? 'telephony-admins' : 'telephony');
}
