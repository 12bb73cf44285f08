/**
 * Why somebody was not let in. `unreachable`: the provider did not answer; `declined`: it refused; `unproven`: its answer
 * could not be verified; `not_allowed`: the claims are not what is needed; `no_account`: people are not made at sign-in;
 * `disabled`: the account is.
 */
export const refusalReasons = ['unreachable', 'declined', 'unproven', 'not_allowed', 'no_account', 'disabled'] as const;
export type RefusalReason = (typeof refusalReasons)[number];
