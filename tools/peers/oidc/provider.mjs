// A real OpenID provider (oidc-provider) that plays Google's addresses, for tests: PKCE is required,
// refresh tokens rotate, nobody is asked anything. `node provider.mjs <address to come back to>`
// prints `ready http://127.0.0.1:<port>`.
//
// What a person would decide stands in the address it is opened with: `login_hint` is who signs in
// (default ana@exemplo.com), "nao-verificado" in it is an e-mail nobody has verified, "sem-analytics"
// unticks a scope.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import Provider, { interactionPolicy } from 'oidc-provider';

const [callback] = process.argv.slice(2);
const ANALYTICS = 'https://www.googleapis.com/auth/analytics.readonly';
const hint = 'ana@exemplo.com';
// That it keeps everything in memory is what a test wants.
console.warn = () => undefined;

const server = createServer();
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  format: 'jwk',
});

const accountOf = (email) => ({
  accountId: email,
  claims: () => ({ sub: email, email, email_verified: !email.includes('nao-verificado') }),
});

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'ponte',
      client_secret: 'segredo-do-google',
      redirect_uris: [callback],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
      id_token_signed_response_alg: 'RS256',
    },
  ],
  jwks: { keys: [{ ...jwk, kid: 'prova', use: 'sig', alg: 'RS256' }] },
  scopes: ['openid', 'profile', 'email', 'offline_access', ANALYTICS],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  // Google gives one for access_type=offline, whatever the scopes say.
  issueRefreshToken: async (_, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  ttl: {
    AccessToken: 120,
    AuthorizationCode: 60,
    RefreshToken: 3600,
    Grant: 3600,
    Session: 3600,
    IdToken: 300,
    Interaction: 300,
  },
  features: { devInteractions: { enabled: false }, revocation: { enabled: true } },
  routes: {
    authorization: '/o/oauth2/v2/auth',
    token: '/token',
    revocation: '/revoke',
    userinfo: '/v1/userinfo',
    jwks: '/oauth2/v3/certs',
  },
  interactions: { policy: interactionPolicy.base(), url: (_, { uid }) => `/interaction/${uid}` },
  findAccount: (_, id) => accountOf(id),
  extraParams: ['access_type', 'include_granted_scopes'],
  cookies: { keys: ['prova'] },
});
const quiet = () => undefined;
provider.on('server_error', (_, error) => console.error(error));
provider.on('authorization.error', quiet);

// Whoever is asked says yes, but for what the hint unticks.
async function consent(request, response) {
  const details = await provider.interactionDetails(request, response);
  const { prompt, params } = details;
  const email = params.login_hint ?? hint;
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: email } });
  }
  if (email.includes('nega')) {
    return provider.interactionFinished(request, response, {
      error: 'access_denied',
      error_description: 'A pessoa não quis',
    });
  }
  const grant = new provider.Grant({ accountId: details.session.accountId, clientId: 'ponte' });
  const wanted = params.scope.split(' ');
  const given = wanted.filter((one) => one !== ANALYTICS || !email.includes('sem-analytics'));
  grant.addOIDCScope(given.join(' '));
  grant.rejectOIDCScope(wanted.filter((one) => !given.includes(one)).join(' '));
  const grantId = await grant.save();
  return provider.interactionFinished(request, response, { consent: { grantId } });
}

const answer = provider.callback();
server.on('request', (request, response) => {
  if (request.url.startsWith('/interaction/')) {
    consent(request, response).catch((error) => {
      console.error(error);
      response.writeHead(500).end();
    });
  } else {
    answer(request, response);
  }
});
console.log(`ready ${issuer}`);
