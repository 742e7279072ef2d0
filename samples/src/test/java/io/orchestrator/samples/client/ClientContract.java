package io.orchestrator.samples.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.DeleteOptions;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Patch;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.client.Watch;
import io.orchestrator.api.client.WriteOptions;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.control.Outcome;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ResourceList;
import io.orchestrator.api.model.apps.Deployment;
import io.orchestrator.api.model.authentication.TokenRequest;
import io.orchestrator.api.model.authentication.TokenRequestBuilder;
import io.orchestrator.api.model.authentication.TokenRequestSpecBuilder;
import io.orchestrator.api.model.autoscaling.Scale;
import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.ServiceAccount;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.control.election.ElectionSettings;
import io.orchestrator.core.control.election.LeaderElection;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.env.SystemEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What every client does with objects, wherever its cluster is. A subclass says how it reaches the cluster. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class ClientContract {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AtomicInteger namespaces = new AtomicInteger();
    private Cluster cluster;
    private Client root;
    private SystemEnvironment threads;
    private String namespace;
    private Client client;

    /** A client with all rights. */
    protected abstract Client connect(Cluster cluster) throws Exception;

    @BeforeAll
    void open() throws Exception {
        threads = new SystemEnvironment("contract");
        cluster = Cluster.builder()
                .named("contract")
                .nodes(0)
                .apiServer(ApiServer.onPort(0))
                .start();
        root = connect(cluster);
    }

    @AfterAll
    void close() {
        root.close();
        cluster.close();
        threads.close();
    }

    @BeforeEach
    void takeANamespace() {
        namespace = "ns-" + namespaces.incrementAndGet();
        root.create(Namespace.named(namespace).build());
        client = root.inNamespace(namespace);
    }

    private ConfigMap map(String name, String... data) {
        return ConfigMap.named(name).data(data[0], data[1]).build();
    }

    private static ApiException refused(Runnable request) {
        return catchThrowableOfType(ApiException.class, request::run);
    }

    @Test
    void whatWasWrittenIsRead() {
        ConfigMap written = client.create(map("a", "key", "välue"));
        assertThat(written.metadata().uid()).isNotEmpty();
        assertThat(client.configMaps().get("a")).isEqualTo(written);
        assertThat(client.configMaps().find("b")).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFoundByItsName() {
        ApiException refused = refused(() -> client.configMaps().get("nobody"));
        assertThat(refused.isNotFound()).isTrue();
        assertThat(refused).hasMessage("configmaps \"nobody\" not found");
        assertThat(refused.subject().name()).isEqualTo("nobody");
    }

    @Test
    void aNameIsGivenOnce() {
        client.create(map("a", "k", "1"));
        assertThat(refused(() -> client.create(map("a", "k", "2"))).isAlreadyExists())
                .isTrue();
    }

    @Test
    void aStaleUpdateIsAConflictAndAnEditIsNot() {
        ConfigMap first = client.create(map("a", "k", "1"));
        client.configMaps().update(first.withData(Map.of("k", "2")));
        assertThat(refused(() -> client.configMaps().update(first.withData(Map.of("k", "3"))))
                        .isConflict())
                .isTrue();
        client.configMaps().edit("a", found -> found.withData(Map.of("k", "4")));
        assertThat(client.configMaps().get("a").data()).containsEntry("k", "4");
    }

    @Test
    void whatIsInvalidSaysWhichFieldsAreToBlame() {
        ApiException refused = refused(() -> client.create(Deployment.named("web")
                .replicas(-1)
                .container("main", "nginx", c -> c)
                .build()));
        assertThat(refused.reason()).isEqualTo(Reason.INVALID);
        assertThat(refused.causes()).extracting(cause -> cause.field()).contains("spec.replicas");
    }

    @Test
    void everyKindOfPatchChangesWhatItSays() {
        client.create(map("a", "one", "1"));
        client.configMaps().patch("a", Patch.merge("{\"data\":{\"two\":\"2\"}}"));
        client.configMaps().patch("a", Patch.strategic("{\"data\":{\"three\":\"3\"}}"));
        client.configMaps().patch("a", Patch.json("[{\"op\":\"remove\",\"path\":\"/data/one\"}]"));
        ConfigMap last = client.configMaps()
                .patch(
                        "a",
                        Patch.apply("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},"
                                + "\"data\":{\"four\":\"4\"}}"));
        assertThat(last.data()).containsOnlyKeys("two", "three", "four");
    }

    @Test
    void anApplyTakesNothingFromAnotherManagerUnlessItForces() {
        client.as("first").apply(map("a", "k", "1"));
        ApiException refused = refused(() -> client.as("second").apply(map("a", "k", "2")));
        assertThat(refused.isConflict()).isTrue();
        assertThat(refused.causes())
                .extracting(cause -> cause.reason() + " " + cause.field())
                .containsExactly("FieldManagerConflict .data.k");
        ConfigMap forced = root.transport()
                .apply(
                        Target.object(ConfigMap.TYPE, namespace, "a"),
                        map("a", "k", "2"),
                        WriteOptions.by("second").forced());
        assertThat(forced.data()).containsEntry("k", "2");
    }

    @Test
    void aListComesInPagesOfOneMoment() {
        for (int i = 0; i < 5; i++) {
            client.create(map("m" + i, "k", "" + i));
        }
        ResourceList<ConfigMap> first = mine(ListOptions.all().page(2, ""));
        client.create(map("m9", "k", "late"));
        ResourceList<ConfigMap> second =
                mine(ListOptions.all().page(10, first.metadata().continueToken()));
        assertThat(first.items()).hasSize(2);
        assertThat(second.items()).extracting(each -> each.metadata().name()).doesNotContain("m9");
        assertThat(first.items().size() + second.items().size()).isBetween(5, 6);
        assertThat(second.metadata().continueToken()).isEmpty();
    }

    private ResourceList<ConfigMap> mine(ListOptions options) {
        return client.configMaps().list(options);
    }

    @Test
    void selectorsChoose() {
        client.create(ConfigMap.named("a").label("tier", "web").data("k", "1").build());
        client.create(map("b", "k", "1"));
        assertThat(mine(ListOptions.all().labels("tier in (web, db)")).items())
                .extracting(each -> each.metadata().name())
                .containsExactly("a");
        assertThat(mine(ListOptions.all().fields("metadata.name=b")).items())
                .extracting(each -> each.metadata().name())
                .containsExactly("b");
    }

    @Test
    void aDryRunKeepsNothing() {
        root.transport()
                .create(
                        Target.collection(ConfigMap.TYPE, namespace),
                        map("a", "k", "1"),
                        WriteOptions.defaults().dryRunOnly());
        assertThat(client.configMaps().find("a")).isEmpty();
    }

    @Test
    void aWatchTellsEveryChangeInOrderAndIsResumedWithoutAGap() {
        String start = mine(ListOptions.all()).metadata().resourceVersion();
        Heard heard = new Heard();
        try (Watch watch = client.configMaps().watch(only().since(start), heard)) {
            client.create(map("watched", "k", "1"));
            await().atMost(PATIENCE).until(() -> heard.events().size() == 1);
        }
        client.configMaps().edit("watched", found -> found.withData(Map.of("k", "2")));
        client.configMaps().delete("watched");
        Heard rest = new Heard();
        try (Watch watch = client.configMaps().watch(only().since(heard.lastVersion()), rest)) {
            await().atMost(PATIENCE).until(() -> rest.events().size() == 2);
        }
        assertThat(heard.events()).containsExactly("ADDED watched 1");
        assertThat(rest.events()).containsExactly("MODIFIED watched 2", "DELETED watched 2");
    }

    private static ListOptions only() {
        return ListOptions.all().fields("metadata.name=watched");
    }

    @Test
    void aWatchMayBeginWithWhatIsThereAndSaysWhenThatIsOver() {
        client.create(map("a", "k", "1"));
        Heard heard = new Heard();
        ListOptions options = new ListOptions("", "metadata.name=a", "", "NotOlderThan", 0, "", true, true, 30);
        try (Watch watch = client.configMaps().watch(options, heard)) {
            await().atMost(PATIENCE).until(() -> heard.bookmarks().contains("true"));
        }
        assertThat(heard.events()).containsExactly("ADDED a 1");
    }

    @Test
    void aWatchThatIsRefusedSaysSoToItsListener() {
        Heard heard = new Heard();
        client.configMaps().watch(ListOptions.all().since("no-version"), heard);
        await().atMost(PATIENCE).until(() -> heard.closed().isPresent());
        assertThat(heard.closed().orElseThrow().reason()).isIn(Reason.BAD_REQUEST, Reason.INVALID);
    }

    @Test
    void aWatchEndsWhenItsTimeIsOverAndNotAsExpired() {
        Heard heard = new Heard();
        client.configMaps().watch(ListOptions.all().lasting(1), heard);
        await().atMost(PATIENCE).until(() -> heard.closed().isPresent());
        assertThat(heard.closed().orElseThrow().isExpired()).isFalse();
    }

    @Test
    void statusAndScaleAreWrittenByThemselves() {
        client.create(Deployment.named("web")
                .replicas(1)
                .container("main", "nginx", c -> c)
                .build());
        Scale scale = client.deployments().getSubresource("web", "scale", Scale.class);
        // Without its version: the controllers write as well.
        Scale wanted = scale.withMetadata(scale.metadata().withResourceVersion(""))
                .withSpec(scale.spec().withReplicas(4));
        client.deployments().updateSubresource("web", "scale", wanted);
        assertThat(client.deployments().get("web").spec().replicas()).isEqualTo(4);
        root.create(Node.named("n-" + namespace).build());
        root.nodes().patchStatus("n-" + namespace, Patch.merge("{\"status\":{\"capacity\":{\"cpu\":\"7\"}}}"));
        assertThat(root.nodes().get("n-" + namespace).status().capacity()).containsKey("cpu");
        root.nodes().delete("n-" + namespace);
    }

    @Test
    void aTokenIsIssuedForAnAccount() {
        client.create(ServiceAccount.named("robot").build());
        TokenRequest issued = client.resources(ServiceAccount.TYPE)
                .createSubresource(
                        "robot",
                        "token",
                        TokenRequestBuilder.builder()
                                .metadata(ObjectMeta.named(namespace, "robot"))
                                .spec(TokenRequestSpecBuilder.builder()
                                        .expirationSeconds(600L)
                                        .build())
                                .build());
        assertThat(issued.status().token()).contains(".");
    }

    @Test
    void aDeletionOfAnotherUidIsRefusedAndOneOfManyTakesTheChosen() {
        ConfigMap kept = client.create(map("kept", "k", "1"));
        client.create(ConfigMap.named("gone").label("go", "yes").data("k", "1").build());
        assertThat(refused(() -> client.configMaps()
                                .delete("kept", DeleteOptions.defaults().onlyUid("other")))
                        .isConflict())
                .isTrue();
        client.configMaps().deleteAll(ListOptions.all().labels("go=yes"), DeleteOptions.defaults());
        assertThat(client.configMaps().find("gone")).isEmpty();
        ConfigMap last =
                client.configMaps().delete("kept", DeleteOptions.defaults().grace(0));
        assertThat(last.metadata().uid()).isEqualTo(kept.metadata().uid());
        client.configMaps().awaitGone("kept", PATIENCE);
    }

    @Test
    void anInformerKeepsACacheCurrent() {
        client.create(map("before", "k", "1"));
        try (Informer<ConfigMap> informer = new Informer<>(
                root.transport(),
                Target.collection(ConfigMap.TYPE, namespace),
                ListOptions.all(),
                threads.environment())) {
            informer.start();
            await().atMost(PATIENCE).until(informer::hasSynced);
            assertThat(informer.get(new ObjectKey(namespace, "before"))).isPresent();
            client.create(map("after", "k", "1"));
            client.configMaps().delete("before");
            await().atMost(PATIENCE)
                    .until(() -> informer.get(new ObjectKey(namespace, "after")).isPresent()
                            && informer.get(new ObjectKey(namespace, "before")).isEmpty());
        }
    }

    @Test
    void aReconcilerBringsAboutWhatItWants() {
        try (SharedInformers informers = new SharedInformers(root.transport(), threads.environment());
                EventRecorder events = new EventRecorder(root, "contract", threads.environment());
                ControllerEngine engine = new ControllerEngine(root, informers, events, threads.environment())) {
            engine.run(ControllerSpec.named("echo").reconciles(ConfigMap.TYPE).with((key, context) -> {
                boolean wanted = key.namespace().equals(namespace) && key.name().equals("ask");
                if (wanted && context.view().get(ConfigMap.TYPE, key).isPresent()) {
                    context.client().inNamespace(namespace).apply(map("answer", "k", "done"));
                }
                return Outcome.done();
            }));
            informers.start();
            client.create(map("ask", "k", "1"));
            client.configMaps().await("answer", found -> true, "the answer", PATIENCE);
        }
    }

    @Test
    void oneOfTwoLeadsAndTheOtherFollowsWhenItStops() {
        List<String> leaders = new CopyOnWriteArrayList<>();
        LeaderElection first = candidate("first", leaders);
        first.start();
        await().atMost(PATIENCE).until(first::isLeading);
        try (LeaderElection second = candidate("second", leaders)) {
            second.start();
            first.close();
            await().atMost(PATIENCE).until(second::isLeading);
        }
        assertThat(leaders).containsExactly("first", "second");
        ApiException late = refused(() -> client.configMaps().get("never"));
        assertThat(late.isNotFound()).isTrue();
    }

    private LeaderElection candidate(String identity, List<String> leaders) {
        return new LeaderElection(
                root, ElectionSettings.of("lead-" + namespace, identity), threads.environment(), fenced -> {
                    leaders.add(identity);
                    fenced.inNamespace(namespace).create(map("by-" + identity, "k", "1"));
                    return () -> {};
                });
    }

    @Test
    void whatALostLeaderWritesIsRefused() {
        List<Client> fenced = new CopyOnWriteArrayList<>();
        try (LeaderElection election = new LeaderElection(
                root, ElectionSettings.of("fence-" + namespace, "me"), threads.environment(), term -> {
                    fenced.add(term.inNamespace(namespace));
                    return () -> {};
                })) {
            election.start();
            await().atMost(PATIENCE).until(() -> !fenced.isEmpty());
        }
        root.inNamespace("kube-system").resources(Lease.TYPE).delete("fence-" + namespace);
        assertThatExceptionOfType(ApiException.class)
                .isThrownBy(() -> fenced.get(0).create(map("late", "k", "1")));
        assertThat(client.configMaps().find("late")).isEmpty();
    }
}
