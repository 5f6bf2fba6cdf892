/** Passwords travel only over an encrypted connection, or within this machine. */
import { BlockList, isIPv6 } from 'node:net';
import type { Context } from 'koa';
import { AppError } from '../base/errors.ts';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** True for an address of this machine itself, IPv4 written as IPv6 too. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/** True for what came over HTTPS or from this machine, or where plain HTTP is allowed. */
export const isEncrypted = (ctx: Context, plainAllowed: boolean): boolean =>
  plainAllowed || ctx.secure || isLoopback(ctx.ip);

/**
 * Throws AppError 'encryption-required' (403) for a request that came over plain HTTP from another machine: no challenge is
 * given, so that a client does not send the password again. A trusted proxy says by X-Forwarded-Proto how the request came.
 */
export function requireEncryption(ctx: Context, plainAllowed: boolean): void {
  if (isEncrypted(ctx, plainAllowed)) return;
  throw new AppError(
    'forbidden',
    'encryption-required',
    'Passwords are taken over HTTPS only. Use the https:// address of this server.',
  );
}
