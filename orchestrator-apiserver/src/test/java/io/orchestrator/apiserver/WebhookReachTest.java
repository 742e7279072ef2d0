package io.orchestrator.apiserver;

import static io.orchestrator.apiserver.HookedCluster.JSON;
import static io.orchestrator.apiserver.HookedCluster.MAPS;
import static io.orchestrator.apiserver.HookedCluster.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.apiserver.ServedCluster.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Where webhooks may be, and how long they are waited for. */
@Timeout(240)
class WebhookReachTest {
    private static final String SERVICES = "/api/v1/namespaces/default/services";
    private static final String SLICES = "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices";

    /** That a request waits for: half of what its webhook would be waited for. */
    private static final Duration LONGEST_PATIENCE = Duration.ofSeconds(15);

    private static HookedCluster cluster;
    private static HookServer hooks;
    private final List<String> paths = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() {
        cluster = new HookedCluster();
        hooks = cluster.hooks;
    }

    @AfterAll
    static void close() {
        cluster.close();
    }

    @BeforeEach
    void notePaths() {
        for (String path : List.of("/", "/judge/maps")) {
            hooks.on(path, (request, exchange) -> {
                paths.add(exchange.getRequestURI() + " "
                        + exchange.getRequestHeaders().getFirst("Host"));
                HookServer.send(exchange, HookServer.response(request, true));
            });
        }
    }

    @AfterEach
    void withdraw() {
        cluster.withdraw();
        cluster.served.send("DELETE", SERVICES + "/hooks", JSON, "");
        cluster.served.send("DELETE", SLICES + "/hooks", JSON, "");
    }

    private static void service(int port) {
        Answer service = cluster.served.send(
                "POST",
                SERVICES,
                JSON,
                "{\"metadata\":{\"name\":\"hooks\"},\"spec\":{\"ports\":[{\"name\":\"web\",\"port\":80},"
                        + "{\"name\":\"tls\",\"port\":" + port + "}]}}");
        assertThat(service.code()).as(service.text()).isEqualTo(201);
    }

    private static void endpoint(String ready) {
        Answer slice = cluster.served.send(
                "POST",
                SLICES,
                JSON,
                "{\"metadata\":{\"name\":\"hooks\",\"labels\":{\"kubernetes.io/service-name\":\"hooks\"}},"
                        + "\"addressType\":\"IPv4\",\"endpoints\":[{\"addresses\":[\"127.0.0.1\"],"
                        + "\"conditions\":{\"ready\":" + ready + "}}],"
                        + "\"ports\":[{\"name\":\"web\",\"port\":1},{\"name\":\"tls\",\"port\":" + hooks.port()
                        + "}]}");
        assertThat(slice.code()).as(slice.text()).isEqualTo(201);
    }

    private static String byService(String more) {
        return "\"service\":{\"namespace\":\"default\",\"name\":\"hooks\"" + more + "}";
    }

    @Test
    void serviceIsReachedAtItsPortAndPathUnderItsName() {
        service(8443);
        endpoint("true");
        cluster.register(
                "validating",
                "by-service",
                cluster.hookAt("by-service", byService(",\"path\":\"/judge/maps\",\"port\":8443"), ""));
        cluster.untilAsked();
        paths.clear();

        assertThat(cluster.create("a", "").code()).isEqualTo(201);

        assertThat(paths).containsExactly("/judge/maps?timeout=30s hooks.default.svc:8443");
    }

    @Test
    void serviceIsReachedAtItsPortForHttpsWhereNothingElseIsSaid() {
        service(443);
        endpoint("true");
        cluster.register("validating", "by-service", cluster.hookAt("by-service", byService(""), ""));
        cluster.untilAsked();

        assertThat(paths.get(0)).startsWith("/?timeout=30s hooks.default.svc");
    }

    @Test
    void whatIsMissingOfAServiceIsNamed() {
        cluster.register("validating", "by-service", cluster.hookAt("by-service", byService(""), ""));
        cluster.untilRefused();
        assertThat(message(cluster.create("a", ""))).contains("service \"hooks\" not found");

        service(8443);
        assertThat(message(cluster.create("a", ""))).contains("no service port 443 found for service \"hooks\"");

        cluster.served.send("DELETE", SERVICES + "/hooks", JSON, "");
        service(443);
        HookedCluster.until(
                () -> message(cluster.create("a", "")).contains("no endpoints available for service \"hooks\""));
        endpoint("false");
        assertThat(message(cluster.create("a", ""))).contains("no endpoints available for service \"hooks\"");
    }

    @Test
    void nobodyIsWaitedForLongerThanTheRequestIs() {
        // Until the hook is known to be in force it answers: a probe that it let wait could be asked about much later.
        hooks.on("/slow", (request, exchange) -> HookServer.send(exchange, HookServer.response(request, true)));
        cluster.register("validating", "slow", cluster.hook("slow", "/slow", ",\"failurePolicy\":\"Ignore\""));
        cluster.untilAsked();
        hooks.on("/slow", (request, exchange) -> hooks.hang());

        Duration patience = Duration.ofMillis(1_500);
        String late;
        do {
            // On a machine that is busy beyond measure the time may be over before the webhook is asked: then there
            // must be more.
            late = "late-" + patience.toMillis();
            long before = System.nanoTime();
            Answer answer = cluster.served.send(
                    "POST",
                    MAPS + "?timeout=" + patience.toMillis() + "ms",
                    JSON,
                    "{\"metadata\":{\"name\":\"" + late + "\"}}");
            assertThat(answer.code()).isEqualTo(504);
            assertThat(Duration.ofNanos(System.nanoTime() - before))
                    .as("the patience that the webhook would have had")
                    .isLessThan(Duration.ofSeconds(30));
            assertThat(cluster.served
                            .get(MAPS + "/" + late)
                            .json()
                            .path("reason")
                            .asText())
                    .as("whoever was told that it failed finds nothing")
                    .isEqualTo("NotFound");
            patience = patience.multipliedBy(2);
        } while (timesAsked(late) == 0 && patience.compareTo(LONGEST_PATIENCE) <= 0);

        assertThat(timesAsked(late)).isEqualTo(1);
    }

    private static long timesAsked(String name) {
        return hooks.asked.stream()
                .filter(request -> request.path("name").asText().equals(name))
                .count();
    }

    @Test
    void thisMachineIsNotCalledUnlessTheHostAllowsIt() {
        try (HookedCluster careful = new HookedCluster(settings -> {})) {
            careful.register("validating", "near", careful.hook("near", "/", ""));
            careful.untilRefused();

            assertThat(message(careful.create("a", "")))
                    .contains("not allowed: this cluster calls no webhooks on its own machine");
            assertThat(careful.hooks.asked).isEmpty();
        }
    }
}
