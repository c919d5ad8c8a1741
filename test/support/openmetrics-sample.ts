/** An exposition with everything OpenMetrics 1.0 has; `now` in seconds since 1970, as Prometheus stores nothing old. */
export function openMetricsSample(now: number): string {
  const at = now.toFixed(3);
  return `# TYPE logins counter
# HELP logins Logins, by \\"result\\", C:\\\\ and\\na second line.
logins_total{result="granted"} 17.0 # {trace_id="KOO5S4vxi0o",span="a b"} 1.0 ${at}
logins_created{result="granted"} 1605281325.25
logins_total{result="denied"} 9223372036854775807 # {} 1
logins_created{result="denied"} 1605281326
# TYPE wait_seconds histogram
# UNIT wait_seconds seconds
# HELP wait_seconds How long logins wait.
wait_seconds_bucket{le="0.01"} 0
wait_seconds_bucket{le="0.1"} 8 # {} 0.054
wait_seconds_bucket{le="1.0"} 11 # {trace_id="é☃😀"} 0.67
wait_seconds_bucket{le="10.0"} 17
wait_seconds_bucket{le="+Inf"} 17
wait_seconds_count 17
wait_seconds_sum 324789.3
wait_seconds_created 1520430000.123
# TYPE queue gaugehistogram
queue_bucket{le="1.0"} 4 # {a="b"} 0.5 ${at}
queue_bucket{le="+Inf"} 6
queue_gcount 6
queue_gsum 3289.3
# TYPE latency_seconds summary
# UNIT latency_seconds seconds
latency_seconds{quantile="0.5"} 0.0131
latency_seconds{quantile="0.99"} NaN
latency_seconds_count 7.476e3
latency_seconds_sum 56.12904785
latency_seconds_created 1.52043e9
# TYPE build info
build_info{version="8.2.7",path="C:\\\\DIR\\\\",text="x\\ny # z }"} 1
# TYPE state stateset
state{state="starting"} 0
state{state="running"} 1
# TYPE limit gauge
limit{kind="upper"} +Inf
limit{kind="lower"} -Inf
limit{kind="none"} NaN
limit{kind=""} 4.5e-310
# TYPE temperature gauge
temperature{room="a"} -3.25 ${at}
# TYPE untold unknown
untold{zero="-"} -0.0
undescribed{b="2",a="1"} 1e+300
# EOF
`;
}
