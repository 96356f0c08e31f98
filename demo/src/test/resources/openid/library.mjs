// SPDX-License-Identifier: Apache-2.0
// What the scenes share: openid-client as an app would configure it, and the conversation with the test.
// The test is asked on standard output, one JSON object a line, and answers on standard input.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { createInterface } from 'node:readline';
import * as oidc from 'openid-client';

export const world = JSON.parse(readFileSync(process.argv[3], 'utf8'));
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

async function ask(question) {
  process.stdout.write(JSON.stringify(question) + '\n');
  return JSON.parse((await lines.next()).value);
}

/** The person's browser goes there; where it ended up, and how often the person used the passkey. */
export async function visit(url) {
  const { at, touches } = await ask({ visit: url.href });
  return { at: new URL(at), touches };
}

/** The server's clock goes on. */
export const pass = seconds => ask({ pass: seconds });

/** A client of our provider; the library checks the signature of every ID token. */
export async function client(id, authentication, metadata = {}, more = {}) {
  const options = { execute: [oidc.enableNonRepudiationChecks], ...more };
  const config = await oidc.discovery(new URL(world.issuer), id, {
    id_token_signed_response_alg: 'ES256',
    require_auth_time: true,
    [oidc.clockSkew]: world.skew,
    ...metadata,
  }, authentication, options);
  // The test's pages are plain http on the loopback address; everything that is called is https.
  oidc.allowInsecureRequests(config);
  return config;
}

export async function privateKey(name) {
  const key = await crypto.subtle.importKey(
    'jwk', world.keys[name], { name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
  return oidc.PrivateKeyJwt({ key, kid: world.keys[name].kid });
}

/** The option to show a certificate with every request. */
export function showing({ key, certificates }) {
  const ca = readFileSync(process.env.NODE_EXTRA_CA_CERTS);
  const fetch = (url, { method, headers, body }) => new Promise((done, failed) => {
    const sent = request(url, { method, headers, key, cert: certificates, ca }, answer => {
      const parts = [];
      answer.on('data', part => parts.push(part));
      answer.on('end', () =>
        done(new Response(Buffer.concat(parts), { status: answer.statusCode, headers: answer.headers })));
    });
    sent.on('error', failed);
    sent.end(body?.toString());
  });
  return { [oidc.customFetch]: fetch };
}

export async function proofs(config) {
  return oidc.getDPoPHandle(config, await oidc.randomDPoPKeyPair('ES256'));
}

/** An authorization code flow up to the browser's return, and what the library needs to check it. */
export async function authorize(config, parameters, { DPoP, pushed = true } = {}) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expectedState = oidc.randomState();
  const expectedNonce = oidc.randomNonce();
  const all = {
    response_type: 'code',
    scope: 'openid profile offline_access',
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
    ...parameters,
  };
  const url = pushed
    ? await oidc.buildAuthorizationUrlWithPAR(config, all, { DPoP })
    : oidc.buildAuthorizationUrl(config, all);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  if ('max_age' in all) checks.maxAge = Number(all.max_age);
  return { ...(await visit(url)), checks };
}

export async function signIn(config, parameters, options = {}) {
  const { at, checks, touches } = await authorize(config, parameters, options);
  const tokens =
    await oidc.authorizationCodeGrant(config, at, checks, undefined, { DPoP: options.DPoP });
  return { tokens, at, checks, touches };
}

/** The OAuth error with which a call is refused. */
export async function refused(call) {
  const error = await assert.rejects(call).then(() => call.catch(one => one));
  return error.error ?? error.cause?.[0]?.parameters?.error ?? error.code;
}
