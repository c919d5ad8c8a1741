import type { FoundMetrics } from '../detector.ts';
import { metricsYaml } from '../metrics-pages.ts';

const METRICS = `    # metrics:
    #   - name: auth
    #     url: http://127.0.0.1:9100/metrics
    #     presets: [process]
    #     headers: { authorization: "Bearer \${env.METRICS_TOKEN}" }
    #     indicators:
    #       login.success: 'auth_logins_total{result="ok"}'
    #       login.queue: auth_queue_length
    #   - name: prom                      # or a Prometheus server that scrapes it, asked in PromQL
    #     prometheus: https://prom.internal
    #     queries:
    #       login.success: 'sum(auth_logins_total{result="ok"})'  # counters as they are, without rate()
`;

/** The declaration of a system that nothing is known of, in which everything is explained: its owner fills it in. */
export function httpDeclarationYaml(url: string, metrics: readonly FoundMetrics[] = []): string {
  return `  mine:                                   # stormtest login-storm --target mine
    url: ${url}
    # capacity: { login: 120 }            # logins per second you hold it to; without it, it is judged by its own best
    # tls: { insecure: true }             # accept a certificate nobody vouches for

    # Who signs in: made-up people, or accounts of yours (a CSV file: email,password,name).
    people: { count: 1000 }               # or: { file: people.csv }

    # Its own Prometheus metrics name the bottleneck in the verdict. Presets: process, node.
${metricsYaml(metrics) || METRICS}
    # When a run has to stop at once: what is watched holds for its time, or is not told for it (docs/metrics.md).
    # halts:
    #   - query: 'min(up{job="auth"})'
    #     below: 1
    #     for: 10s
    #     says: auth is down

    # What people do, each as the steps that do it. Leave out what your system has not: it is reported as not covered.
    operations:
      login:
        - request: POST /login
          json: { email: "\${person.email}", password: "\${person.password}" }
          # form: { username: "\${person.email}", password: "\${person.password}" }
          expect: { status: 200 }
          # denied: { status: [401, 403] }   # a wrong password; these are understood anyway
          # shed: { status: [429, 503] }     # turned away because of overload; these too
          capture: { token: "json:/token" }  # kept for later steps as \${token}

      # createMeeting:
      #   - request: POST /meetings
      #     bearer: "\${token}"
      #     json: { name: "\${meeting.name}", key: "\${meeting.key}" }   # the key is the same in every attempt
      #     expect: { status: 201 }
      #     capture: { meeting.id: "json:/id" }
      # findMeeting:                          # asked afterwards: is what was acknowledged still there?
      #   - request: GET /meetings/\${meeting.id}
      #     bearer: "\${token}"
      #     missing: { status: 404 }
      #     capture: { meeting.participants: "json:/participants" }
      # countMeetings:                        # is a wish that was tried several times one meeting?
      #   - request: GET /meetings?key=\${meeting.key}
      #     bearer: "\${token}"
      #     capture: { meeting.count: "json:/meetings" }
      # search:
      #   - request: GET /reports?text=\${search.text}
      #     bearer: "\${token}"
      # openTicket:
      #   - request: POST /tickets
      #     bearer: "\${token}"
      #     json: { subject: "\${ticket.subject}" }
      #     capture: { ticket.id: "json:/id" }
      # findTicket:
      #   - request: GET /tickets/\${ticket.id}
      #     bearer: "\${token}"
      #     missing: { status: 404 }
      # fetchAssets:                          # what a browser fetches before anybody is in
      #   - request: GET /
      #     capture: { assets.list: "json:/assets" }   # addresses, fetched one after another; or a step for each of them
      # join:
      #   - websocket: /meetings/\${meeting.id}/signal
      #     bearer: "\${token}"
      #   - send: { type: join }
      #     expect: { type: joined }
      # chat:
      #   - send: { type: chat, id: "\${message.id}", text: "\${message.text}" }
      #     expect: { type: chat, id: "\${message.id}" }
      # record:                               # has the meeting recorded; the two are compared
      #   - request: POST /meetings/\${meeting.id}/recordings
      #     bearer: "\${token}"
      #     shed: { status: [503, 507] }
      #     capture: { recording.id: "json:/id", recording.bytes: "json:/bytes" }
      # findRecording:
      #   - request: GET /recordings/\${recording.id}
      #     bearer: "\${token}"
      #     missing: { status: 404 }
      #     capture: { recording.bytes: "json:/bytes" }
      # leave:
      #   - send: { type: leave }
`;
}
