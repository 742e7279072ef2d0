package io.orchestrator.benchmarks.store;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * What an etcd has been asked so far, by its own counters: the same on every machine, whoever else uses its processors.
 *
 * @param requests to its keys, of all clients
 * @param received bytes from clients
 * @param sent bytes to clients, what watchers are told included
 */
record EtcdTraffic(double requests, double received, double sent) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    static EtcdTraffic of(String endpoint) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "/metrics"))
                .timeout(PATIENCE)
                .build();
        String metrics = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return new EtcdTraffic(
                sum(metrics, "grpc_server_started_total{", "grpc_service=\"etcdserverpb.KV\""),
                sum(metrics, "etcd_network_client_grpc_received_bytes_total ", ""),
                sum(metrics, "etcd_network_client_grpc_sent_bytes_total ", ""));
    }

    private static double sum(String metrics, String begin, String within) {
        return metrics.lines()
                .filter(line -> line.startsWith(begin) && line.contains(within))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** What came since, for each of so many. */
    EtcdTraffic each(EtcdTraffic before, int count) {
        return new EtcdTraffic(
                (requests - before.requests) / count,
                (received - before.received) / count,
                (sent - before.sent) / count);
    }
}
