/**
 * Admission control before the token endpoint: so many logins are in work or wait, and whoever comes beyond is turned
 * away at once and told when to come back.
 */
export function admission(most) {
  let inside = 0;
  return async (ctx, next) => {
    if (ctx.path !== '/token') return next();
    if (inside >= most) {
      ctx.status = 503;
      // Spread out, or all who were refused in one second come back in another.
      ctx.set('Retry-After', String(1 + Math.floor(3 * Math.random())));
      ctx.body = { error: 'temporarily_unavailable' };
      return;
    }
    inside += 1;
    try {
      await next();
    } finally {
      inside -= 1;
    }
  };
}
