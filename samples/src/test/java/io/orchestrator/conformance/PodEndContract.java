package io.orchestrator.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** How real containers begin and end, one after the other or again and again. They start together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodEndContract {
    private static final String USUAL_PATH = "/dev/termination-log";

    private PodCluster pods;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    /** Where a container writes that is to find the file for its last words; empty for where Kubernetes has it. */
    abstract String messagePath();

    @BeforeAll
    final void start() {
        pods = open("podend");
        String path = messagePath();
        pods.create(PodCluster.pod("messages", """
                containers:
                - {name: empty, image: "busybox:1.36", terminationMessagePolicy: FallbackToLogsOnError, command: [echo, not an error]}
                - {name: file, image: "busybox:1.36", terminationMessagePolicy: FallbackToLogsOnError, %s command: [sh, -c, 'printf OK > %s; echo more']}
                - {name: log, image: "busybox:1.36", terminationMessagePolicy: FallbackToLogsOnError, command: [sh, -c, 'printf DONE; exit 1']}
                - {name: other, image: "busybox:1.36", securityContext: {runAsUser: 1000}, terminationMessagePath: /dev/custom-log, command: [sh, -c, 'printf DONE > /dev/custom-log']}
                """.formatted(
                path.isEmpty() ? "" : "terminationMessagePath: " + path + ",", path.isEmpty() ? USUAL_PATH : path)));
        pods.create(PodCluster.pod("fails", "containers: [{name: main, image: 'busybox:1.36', command: ['false']}]"));
        pods.create(PodCluster.pod("prepared", """
                initContainers:
                - {name: one, image: "busybox:1.36", command: ['true']}
                - {name: two, image: "busybox:1.36", command: ['true']}
                containers: [{name: main, image: "busybox:1.36", command: ['true']}]
                """));
        pods.create(PodCluster.pod("unprepared", """
                initContainers:
                - {name: one, image: "busybox:1.36", command: ['true']}
                - {name: two, image: "busybox:1.36", command: ['false']}
                containers: [{name: main, image: "busybox:1.36", command: ['true']}]
                """));
        pods.create(PodCluster.pod("accompanied", """
                initContainers:
                - name: side
                  image: busybox:1.36
                  restartPolicy: Always
                  command: [sh, -c, 'trap "exit 0" TERM; echo up > /v/up; sleep 600 & wait']
                  startupProbe: {exec: {command: [test, -s, /v/up]}, periodSeconds: 1, timeoutSeconds: 10, failureThreshold: 60}
                  volumeMounts: [{name: v, mountPath: /v}]
                - {name: after, image: "busybox:1.36", command: [cat, /v/up], volumeMounts: [{name: v, mountPath: /v}]}
                containers:
                - {name: main, image: "busybox:1.36", command: [cat, /v/up], volumeMounts: [{name: v, mountPath: /v}]}
                volumes: [{name: v, emptyDir: {}}]
                """));
        pods.create(PodCluster.pod("again", """
                initContainers: [{name: one, image: "busybox:1.36", command: ['false']}]
                containers: [{name: main, image: "busybox:1.36", command: [sleep, '3600']}]
                """, "Always"));
        for (String policy : List.of("Always", "OnFailure", "Never")) {
            pods.create(PodCluster.pod("counts-" + policy.toLowerCase(Locale.ROOT), """
                    containers:
                    - name: main
                      image: busybox:1.36
                      command: [sh, -c, 'echo x >> /v/times; case $(wc -l < /v/times) in 1) exit 1;; 2) exit 0;; esac; exec sleep 600']
                      volumeMounts: [{name: v, mountPath: /v}]
                    volumes: [{name: v, emptyDir: {}}]
                    """, policy));
        }
    }

    @AfterAll
    final void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    @Test
    @Conformance({
        "[sig-node] Container Runtime on terminated container should report termination message as empty when pod succeeds"
                + " and FallbackToLogsOnError",
        "[sig-node] Container Runtime on terminated container should report termination message from file when pod succeeds"
                + " and FallbackToLogsOnError",
        "[sig-node] Container Runtime on terminated container should report termination message from log output if"
                + " FallbackToLogsOnError is set",
        "[sig-node] Container Runtime on terminated container should report termination message if TerminationMessagePath"
                + " is set as non-root user and at a non-default path"
    })
    void lastWordsComeFromTheFileOrTheLog() {
        pods.ended("messages");
        Pod pod = pods.client()
                .pods()
                .await(
                        "messages",
                        it -> !PodCluster.end(it, "log").message().isEmpty(),
                        "its last words",
                        PodCluster.PATIENCE);
        assertThat(PodCluster.end(pod, "empty").message()).isEmpty();
        assertThat(PodCluster.end(pod, "file").message()).isEqualTo("OK");
        assertThat(PodCluster.end(pod, "log").message()).isEqualTo("DONE");
        assertThat(PodCluster.end(pod, "other").message()).isEqualTo("DONE");
    }

    @Test
    @Conformance({
        "[sig-node] Kubelet when scheduling a busybox command that always fails in a pod should have an terminated reason",
        "[sig-node] Kubelet when scheduling a busybox command that always fails in a pod should be possible to delete"
    })
    void whatFailsSaysSoAndCanBeDeleted() {
        assertThat(PodCluster.end(pods.ended("fails"), "main").reason()).isEqualTo("Error");
        pods.client().pods().delete("fails");
        pods.client().pods().awaitGone("fails", PodCluster.PATIENCE);
    }

    @Test
    @Conformance({
        "[sig-node] InitContainer should invoke init containers on a RestartNever pod",
        "[sig-node] InitContainer should not start app containers and fail the pod if init containers fail on a RestartNever"
                + " pod"
    })
    void containersBeginWhenTheirPodIsPrepared() {
        assertThat(pods.ended("prepared").status().phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(pods.ended("prepared").status().initContainerStatuses())
                .hasSize(2)
                .allMatch(status -> status.ready() && status.state().terminated() != null);
        Pod unprepared = pods.ended("unprepared");
        assertThat(unprepared.status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(unprepared.status().containerStatuses().get(0).state().waiting())
                .satisfies(waiting -> assertThat(waiting.reason()).isEqualTo("PodInitializing"));
    }

    @Test
    void aSidecarHasStartedBeforeWhatComesNextAndEndsWhenTheWorkIsDone() {
        Pod pod = pods.ended("accompanied");
        assertThat(pod.status().phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(pods.log("accompanied", "after")).containsExactly("up");
        assertThat(pods.log("accompanied", "main")).containsExactly("up");
        assertThat(PodCluster.end(pod, "side").reason()).isNotEmpty();
        assertThat(PodCluster.status(pod, "side").restartCount()).isZero();
    }

    @Test
    @Conformance(
            "[sig-node] InitContainer should not start app containers if init containers fail on a RestartAlways pod")
    void anInitContainerThatFailsIsTriedAgainAndAgain() {
        Pod pod = pods.client()
                .pods()
                .await(
                        "again",
                        it -> !it.status().initContainerStatuses().isEmpty()
                                && it.status().initContainerStatuses().get(0).restartCount() >= 2,
                        "two restarts",
                        PodCluster.PATIENCE);
        assertThat(pod.status().phase()).isEqualTo(PodPhase.PENDING);
        assertThat(pod.status().containerStatuses().get(0).state().waiting())
                .satisfies(waiting -> assertThat(waiting.reason()).isEqualTo("PodInitializing"));
    }

    @Test
    @Conformance(
            "[sig-node] Container Runtime when starting a container that exits should run with the expected status")
    void whatEndsIsBegunAgainAsItsPolicySays() {
        Pod never = pods.ended("counts-never");
        assertThat(never.status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(PodCluster.status(never, "main").restartCount()).isZero();
        Pod onFailure = pods.ended("counts-onfailure");
        assertThat(onFailure.status().phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(PodCluster.status(onFailure, "main")).satisfies(status -> {
            assertThat(status.restartCount()).isEqualTo(1);
            assertThat(status.ready()).isFalse();
            assertThat(status.state().terminated()).isNotNull();
        });
        pods.client()
                .pods()
                .await(
                        "counts-always",
                        pod -> pod.isReady()
                                && pod.status().phase().equals(PodPhase.RUNNING)
                                && PodCluster.status(pod, "main").restartCount() == 2
                                && PodCluster.status(pod, "main").state().running() != null,
                        "its third run",
                        PodCluster.PATIENCE);
    }
}
