import { expect, test } from 'vitest';
import { toldByAutocannon } from '../../bench/peers/autocannon.ts';
import { toldByK6 } from '../../bench/peers/k6.ts';
import { toldByVegeta } from '../../bench/peers/vegeta.ts';
import { toldByWrk } from '../../bench/peers/wrk.ts';

/* What each load generator printed of two seconds against nginx, shortened to the neighbourhood of what is read. */

test("vegeta's report is read in milliseconds, and what was no success failed", () => {
  const report = (success: number) =>
    `{"latencies":{"total":110690750,"mean":276726,"50th":263081,"90th":359293,"95th":392375,"99th":469094,"max":1076879,"min":151694},"bytes_in":{"total":77600,"mean":194},"requests":400,"rate":200.4475290755668,"throughput":200.41954896429283,"success":${success},"status_codes":{"200":400},"errors":[]}`;
  const latency = { p50: 0.263081, p99: 0.469094, max: 1.076879 };
  expect(toldByVegeta(report(1), 400)).toEqual({ held: 400, failed: 0, latency });
  expect(toldByVegeta(report(0.9975), 400)).toEqual({ held: 400, failed: 1, latency });
});

/** In the summary of k6 the passes of http_req_failed are the requests that failed. */
const k6Summary = (failed: number, dropped = '') =>
  `{"iterations":{"type":"counter","contains":"default","values":{"count":401,"rate":200.397926814982}},${dropped}"http_req_failed":{"type":"rate","contains":"default","values":{"rate":0,"passes":${failed},"fails":${401 - failed}}},"http_req_duration{expected_response:true}":{"type":"trend","contains":"time","values":{"med":0.1,"p(99)":0.2,"max":0.3}},"http_req_duration":{"values":{"med":0.21846,"p(99)":0.405881,"max":0.480982},"type":"trend","contains":"time"}}`;

test('what k6 dropped was held by its schedule, and failed', () => {
  const latency = { p50: 0.21846, p99: 0.405881, max: 0.480982 };
  expect(toldByK6(k6Summary(0))).toEqual({ held: 401, failed: 0, latency });
  expect(toldByK6(k6Summary(401))).toEqual({ held: 401, failed: 401, latency });
  const dropped = '"dropped_iterations":{"type":"counter","contains":"default","values":{"count":99,"rate":49.4}},';
  expect(toldByK6(k6Summary(2, dropped))).toEqual({ held: 500, failed: 101, latency });
});

test('a summary of k6 without a figure is not read as a good one', () => {
  expect(() => toldByK6('{"iterations":{"values":{"count":401}}}')).toThrow('k6 tells no passes of http_req_failed');
});

test("autocannon's errors hold its timeouts; other answers than good ones failed too", () => {
  const text =
    '{"connections":64,"duration":2.04,"errors":3,"timeouts":2,"mismatches":0,"non2xx":542,"resets":0,"2xx":0,"latency":{"average":7.28,"min":1,"max":33,"p2_5":0,"p50":4,"p99":29,"p99_9":33,"totalCount":2643}}';
  expect(toldByAutocannon(text, undefined)).toEqual({
    held: undefined,
    failed: 545,
    latency: { p50: 4, p99: 29, max: 33 },
  });
});

const wrkReport = (troubles: string) => `Running 2s test @ http://127.0.0.1:39579/login
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency   389.56us  159.53us   2.21ms   84.08%
    Req/Sec    99.80k    15.72k  116.48k    70.00%
  Latency Distribution
     50%  320.00us
     75%  499.00us
     90%  576.00us
     99%    1.92s
  198568 requests in 2.00s, 66.09MB read
${troubles}Requests/sec:  99149.80
Transfer/sec:     33.00MB
`;

test('wrk changes its units line by line, and tells of errors only when there are some', () => {
  const latency = { p50: 0.32, p99: 1_920, max: 2.21 };
  expect(toldByWrk(wrkReport(''))).toEqual({ held: undefined, failed: 0, latency });
  const troubles = '  Socket errors: connect 1, read 20, write 300, timeout 4000\n  Non-2xx or 3xx responses: 50000\n';
  expect(toldByWrk(wrkReport(troubles)).failed).toBe(54_321);
});

test('what wrk says without a distribution is not understood', () => {
  expect(() => toldByWrk('unable to connect to 127.0.0.1:1 Connection refused')).toThrow('wrk prints nothing like');
});
