/** How people use the reference target's own small web client, up to the meeting they are in. */
export const STEPS = {
  login: [
    { goto: '/' },
    { fill: '#email', with: '${person.email}' },
    { fill: '#password', with: '${person.password}' },
    { press: 'Enter' },
    { wait: '#who', denied: '#denied', shed: '#busy' },
  ],
  join: [
    { fill: '#meeting', with: '${meeting.id}' },
    { click: '#join' },
    { wait: '#room', denied: '#denied', shed: '#busy' },
  ],
  leave: [{ click: '#leave' }],
};
