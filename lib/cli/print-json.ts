/** Output for a program: standard output holds nothing else. */
export function printJson(value: object): void {
  console.log(JSON.stringify(value, undefined, 2));
}
