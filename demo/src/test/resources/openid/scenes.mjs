// SPDX-License-Identifier: Apache-2.0
// One scene a run: `node scenes.mjs <scene> <world.json>`. Whatever the library does not accept of our provider fails it.
import assert from 'node:assert/strict';
import * as oidc from 'openid-client';
import { authorize, client, pass, privateKey, proofs, refused, showing, signIn, visit, world } from './library.mjs';

const WEB = 'https://payroll.example/callback';
const NATIVE = 'http://127.0.0.1:4711/callback';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

async function payroll(metadata) {
  const config = await client('payroll', await privateKey('payroll'), metadata);
  return { config, DPoP: await proofs(config) };
}

const scenes = {
  async fapi() {
    const { config, DPoP } = await payroll();
    const { tokens, at, touches } = await signIn(config, { redirect_uri: WEB }, { DPoP });
    assert.equal(touches, 1);
    assert.equal(at.searchParams.get('iss'), world.issuer);
    assert.equal(tokens.token_type, 'dpop');
    const { sub, acr, name } = tokens.claims();
    assert.equal(name, 'Alice');
    assert.equal(acr, 'passkey-hardware');
    const person = await oidc.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
    assert.equal(person.preferred_username, 'alice@bank.example');
    const stranger = await proofs(config);
    assert.equal(
      await refused(oidc.fetchUserInfo(config, tokens.access_token, sub, { DPoP: stranger })),
      'invalid_token');

    const again = await oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP });
    assert.equal(again.refresh_token, undefined);
    const seen = await oidc.tokenIntrospection(config, again.access_token);
    assert.deepEqual([seen.active, seen.sub, seen.token_type], [true, sub, 'DPoP']);
    await oidc.tokenRevocation(config, tokens.refresh_token);
    assert.equal(
      await refused(oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })),
      'invalid_grant');
    assert.equal((await oidc.tokenIntrospection(config, again.access_token)).active, false);
  },

  async theft() {
    const { config, DPoP } = await payroll();
    const begun = await authorize(config, { redirect_uri: WEB }, { DPoP });
    const elsewhere = new URL(begun.at);
    elsewhere.searchParams.set('iss', 'https://evil.example');
    assert.equal(
      await refused(oidc.authorizationCodeGrant(config, elsewhere, begun.checks, undefined, { DPoP })),
      'OAUTH_INVALID_RESPONSE');
    const redeem = handle =>
      oidc.authorizationCodeGrant(config, begun.at, begun.checks, undefined, { DPoP: handle });
    assert.equal(await refused(redeem(await proofs(config))), 'invalid_grant');
    const fresh = await authorize(config, { redirect_uri: WEB }, { DPoP });
    const tokens =
      await oidc.authorizationCodeGrant(config, fresh.at, fresh.checks, undefined, { DPoP });
    assert.equal(
      await refused(
        oidc.authorizationCodeGrant(config, fresh.at, fresh.checks, undefined, { DPoP })),
      'invalid_grant');
    assert.equal(
      await refused(oidc.refreshTokenGrant(config, tokens.refresh_token, undefined, { DPoP })),
      'invalid_grant');
  },

  async native() {
    const config = await client('payroll-app', oidc.None());
    const DPoP = await proofs(config);
    const redirect_uri = NATIVE.replace('4711', '52001');
    const { tokens } = await signIn(config, { redirect_uri }, { DPoP });
    assert.equal(tokens.token_type, 'dpop');
    const refresh = (token, handle = DPoP) =>
      oidc.refreshTokenGrant(config, token, undefined, { DPoP: handle });
    const second = await refresh(tokens.refresh_token);
    assert.notEqual(second.refresh_token, tokens.refresh_token);
    assert.equal(await refused(refresh(second.refresh_token, await proofs(config))), 'invalid_grant');
    const third = await refresh(second.refresh_token);
    assert.equal(await refused(refresh(second.refresh_token)), 'invalid_grant');
    assert.equal(await refused(refresh(third.refresh_token)), 'invalid_grant');

    const later = await signIn(config, { redirect_uri }, { DPoP });
    const other = await client('other-app', oidc.None());
    await oidc.tokenRevocation(other, later.tokens.refresh_token);
    const { refresh_token } = await refresh(later.tokens.refresh_token);
    await oidc.tokenRevocation(config, refresh_token);
    assert.equal(await refused(refresh(refresh_token)), 'invalid_grant');
    const end = await oidc.tokenIntrospection(
      (await payroll()).config, later.tokens.access_token);
    assert.equal(end.active, false);
    assert.equal(
      await refused(oidc.buildAuthorizationUrlWithPAR(
        config, { redirect_uri: 'https://evil.example/', scope: 'openid' }, { DPoP })),
      'invalid_request');
  },

  async certificate() {
    const config = await client(
      'ledger', oidc.TlsClientAuth(), { use_mtls_endpoint_aliases: true }, showing(world.certificate));
    const { tokens } = await signIn(config, { redirect_uri: 'https://ledger.example/callback' });
    assert.equal(tokens.token_type, 'bearer');
    const { sub } = tokens.claims();
    assert.equal((await oidc.fetchUserInfo(config, tokens.access_token, sub)).name, 'Alice');
    const again = await oidc.refreshTokenGrant(config, tokens.refresh_token);
    const seen = await oidc.tokenIntrospection(config, again.access_token);
    assert.ok(seen.active && seen.cnf['x5t#S256']);

    const bare = await client('ledger', oidc.TlsClientAuth());
    assert.equal(await refused(oidc.fetchUserInfo(bare, tokens.access_token, sub)), 'invalid_token');
    assert.equal(await refused(oidc.refreshTokenGrant(bare, tokens.refresh_token)), 'invalid_client');
    const other = await client(
      'ledger', oidc.TlsClientAuth(), { use_mtls_endpoint_aliases: true }, showing(world.stranger));
    assert.equal(await refused(oidc.refreshTokenGrant(other, tokens.refresh_token)), 'invalid_client');
  },

  async exchange() {
    const { config, DPoP } = await payroll();
    const { tokens } = await signIn(config, { redirect_uri: WEB }, { DPoP });
    const backend = await client('payroll-backend', await privateKey('payroll-backend'));
    const own = await proofs(backend);
    const exchange = audience => oidc.genericGrantRequest(
      backend,
      EXCHANGE,
      { subject_token: tokens.access_token, subject_token_type: ACCESS_TOKEN, audience },
      { DPoP: own });
    const exchanged = await exchange('ledger');
    assert.equal(exchanged.issued_token_type, ACCESS_TOKEN);
    const seen = await oidc.tokenIntrospection(backend, exchanged.access_token);
    assert.deepEqual([seen.active, seen.sub, seen.act.sub], [true, tokens.claims().sub, 'payroll-backend']);
    assert.equal(await refused(exchange('settlement')), 'invalid_target');
  },

  async service() {
    const config = await client(
      'settlement', await privateKey('settlement'), {}, { algorithm: 'oauth2' });
    const DPoP = await proofs(config);
    const ask = parameters => oidc.clientCredentialsGrant(config, parameters, { DPoP });
    const tokens = await ask({ scope: 'settle' });
    assert.equal(tokens.token_type, 'dpop');
    assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).scope, 'settle');
    assert.equal(await refused(ask({ audience: 'ledger' })), 'invalid_target');
    assert.equal(await refused(ask({ scope: 'openid' })), 'invalid_scope');
    assert.equal(await refused(oidc.clientCredentialsGrant(config, {})), 'invalid_dpop_proof');
    const forged = await client('settlement', await privateKey('payroll'));
    assert.equal(
      await refused(oidc.clientCredentialsGrant(forged, {}, { DPoP: await proofs(forged) })),
      'invalid_client');
  },

  async logout() {
    const { config, DPoP } = await payroll();
    const { tokens } = await signIn(config, { redirect_uri: WEB }, { DPoP });
    const out = await visit(oidc.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token,
      post_logout_redirect_uri: 'https://payroll.example/bye',
      state: 'gone',
    }));
    assert.equal(out.at.href, 'https://payroll.example/bye?state=gone');
    assert.equal((await oidc.tokenIntrospection(config, tokens.access_token)).active, false);
    const { at, checks } = await authorize(config, { redirect_uri: WEB, prompt: 'none' }, { DPoP });
    assert.equal(
      await refused(oidc.authorizationCodeGrant(config, at, checks, undefined, { DPoP })),
      'login_required');
  },

  async stepUp() {
    const pair = await oidc.randomDPoPKeyPair('ES256');
    const { config } = await payroll();
    const DPoP = oidc.getDPoPHandle(config, pair);
    const { tokens } = await signIn(config, { redirect_uri: WEB, prompt: 'login' }, { DPoP });
    const { sub } = tokens.claims();
    await oidc.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
    await pass(250);
    const later = await payroll({ [oidc.clockSkew]: world.skew + 250 });
    const old = { DPoP: oidc.getDPoPHandle(later.config, pair) };
    const challenged =
      await oidc.fetchUserInfo(later.config, tokens.access_token, sub, old).catch(one => one);
    const { error, max_age } = challenged.cause[0].parameters;
    assert.deepEqual([error, max_age], ['insufficient_user_authentication', '240']);
    const fresh = await signIn(later.config, { redirect_uri: WEB, max_age }, { DPoP: later.DPoP });
    assert.equal(fresh.touches, 1);
    await oidc.fetchUserInfo(later.config, fresh.tokens.access_token, sub, { DPoP: later.DPoP });
  },

  async plain() {
    const config = await client('notes', await privateKey('notes'));
    const options = { pushed: false };
    const redirect_uri = 'https://notes.example/callback';
    const scope = 'openid profile';
    const first = await signIn(config, { redirect_uri, scope, prompt: 'login' }, options);
    assert.equal(first.tokens.token_type, 'bearer');
    const second = await signIn(config, { redirect_uri, scope, prompt: 'none' }, options);
    assert.equal(second.touches, 0);
    assert.equal(second.tokens.claims().sub, first.tokens.claims().sub);
    const info = await oidc.fetchUserInfo(config, second.tokens.access_token, first.tokens.claims().sub);
    assert.equal(info.name, 'Alice');
    const { at, checks } = await authorize(config, { redirect_uri, scope: 'openid admin' }, options);
    assert.equal(await refused(oidc.authorizationCodeGrant(config, at, checks)), 'invalid_scope');
  },
};

await scenes[process.argv[2]]();
process.stdout.write('{"done":true}\n');
process.exit(0);
