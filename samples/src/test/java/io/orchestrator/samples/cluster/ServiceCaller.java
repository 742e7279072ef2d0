package io.orchestrator.samples.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Somebody who keeps asking a service, and counts what comes of it. */
final class ServiceCaller {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final HttpClient http;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final TreeMap<String, Integer> failures = new TreeMap<>();
    private final HttpRequest request;
    private final Thread thread;

    private volatile int answered;
    private long longestNanos;

    private ServiceCaller(URI service, Duration patience) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience)
                .build();
        this.request = HttpRequest.newBuilder(service).timeout(patience).build();
        this.thread = new Thread(this::run, "caller");
    }

    /** @param patience after which a request counts as failed */
    static ServiceCaller begin(URI service, Duration patience) {
        ServiceCaller caller = new ServiceCaller(service, patience);
        caller.thread.start();
        return caller;
    }

    private void run() {
        long lastAnswer = System.nanoTime();
        try {
            while (!ending.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                if (ask()) {
                    long now = System.nanoTime();
                    longestNanos = Math.max(longestNanos, now - lastAnswer);
                    lastAnswer = now;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean ask() throws InterruptedException {
        try {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status == 200) {
                // Written by this thread alone.
                answered = answered + 1;
                return true;
            }
            failures.merge("status " + status, 1, Integer::sum);
        } catch (IOException e) {
            failures.merge(e.getClass().getSimpleName(), 1, Integer::sum);
        }
        return false;
    }

    /** How many were answered so far. */
    int answered() {
        return answered;
    }

    /** Ends the asking. */
    Outcome end() throws InterruptedException {
        ending.countDown();
        thread.join();
        int failed = failures.values().stream().mapToInt(Integer::intValue).sum();
        return new Outcome(answered, failed, failures.toString(), Duration.ofNanos(longestNanos));
    }

    /**
     * @param failed requests without an answer, whose causes {@code causes} counts
     * @param longest from one answer to the next
     */
    record Outcome(int answered, int failed, String causes, Duration longest) {}
}
