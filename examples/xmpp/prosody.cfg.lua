-- A Prosody for a rehearsal on one machine: WebSockets without TLS on the loopback, guests without accounts, rooms, metrics.
pidfile = os.getenv("PWD") .. "/prosody.pid"
data_path = os.getenv("PWD") .. "/data"
log = { error = os.getenv("PWD") .. "/prosody.log" }
run_as_root = true
interfaces = { "127.0.0.1" }
http_interfaces = { "127.0.0.1" }
http_ports = { 5280 }
https_ports = {}
c2s_ports = {}
c2s_direct_tls_ports = {}
modules_disabled = { "s2s", "offline" }
modules_enabled = { "saslauth", "disco", "ping", "websocket", "http_openmetrics" }
consider_websocket_secure = true
c2s_require_encryption = false
statistics = "internal"
statistics_interval = "manual"
http_default_host = "guest.localhost"

VirtualHost "guest.localhost"
  authentication = "anonymous"

Component "conference.localhost" "muc"
  restrict_room_creation = false
