/** What a sign-in is answered with: JSON of 194 bytes, always the same. */
export const ANSWER: string = JSON.stringify({
  ok: true,
  access_token: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm',
  expires_in: 3600,
  scope: 'meetings chat recordings',
  region: 'eu-central',
  user: { plan: 'largest' },
});

/** What a sign-in carries where a client cannot make up people: as long as one of ours is on the average. */
export const BODY: string = JSON.stringify({ email: 'ada.lovelace.500@example.com', password: 'kT3xQ9vBm2LpZ7Rc' });

/** Where people sign in. */
export const PATH = '/login';
