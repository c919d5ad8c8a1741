import { errors } from 'oidc-provider';

/**
 * Teaches a provider the password grant (RFC 6749, 4.3): the password is checked for real, and tokens are issued as for
 * any other grant. `check` gives the account, or undefined when the password is not the person's.
 */
export function registerPasswordGrant(provider, check) {
  const handler = async (ctx) => {
    const { username, password } = ctx.oidc.params;
    if (username === undefined || password === undefined) throw new errors.InvalidRequest('who, and which password?');
    const account = await check(ctx, username, password);
    if (account === undefined) throw new errors.InvalidGrant('wrong user name or password');
    ctx.body = await tokensFor(provider, ctx, account);
  };
  provider.registerGrantType('password', handler, ['username', 'password', 'scope']);
}

async function tokensFor(provider, ctx, { email }) {
  const { client } = ctx.oidc;
  const scope = 'openid email';
  const grant = new provider.Grant({ accountId: email, clientId: client.clientId });
  grant.addOIDCScope(scope);
  const grantId = await grant.save();
  const token = new provider.AccessToken({ accountId: email, client, grantId, gty: 'password', scope });
  ctx.oidc.entity('AccessToken', token);
  const access_token = await token.save();
  const idToken = new provider.IdToken({ sub: email, email }, { ctx });
  idToken.scope = scope;
  const id_token = await idToken.issue({ use: 'idtoken' });
  return { access_token, id_token, scope, token_type: token.tokenType, expires_in: token.expiration };
}
