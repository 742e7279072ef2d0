package io.orchestrator.conformance;

import static io.orchestrator.conformance.PodCluster.PATIENCE;
import static io.orchestrator.conformance.PodCluster.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodPhase;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What containers may write, where it stays, and how much it may be; and paths of the host. They start together. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
abstract class PodStorageContract {
    private static final String READ_ONLY = "Read-only file system";

    private PodCluster pods;
    private Path host;

    /** A cluster of this name whose pods are what is tried. */
    abstract PodCluster open(String name);

    @BeforeAll
    final void start(@TempDir Path folder) throws IOException {
        host = folder;
        pods = open("podstorage");
        pods.settings();
        pods.create(pod("greedy", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sh, -c, 'dd if=/dev/zero of=/v/file bs=1M count=2; exec sleep 600']
                  volumeMounts: [{name: v, mountPath: /v}]
                volumes: [{name: v, emptyDir: {sizeLimit: 1Mi}}]
                """));
        pods.create("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: rows}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Mi}}}
                """);
        pods.create(pod("writes", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sh, -c, 'echo row > /rows/file; echo part > /part/file; ls /rows']
                  volumeMounts:
                  - {name: rows, mountPath: /rows}
                  - {name: rows, mountPath: /part, subPath: a/part}
                volumes: [{name: rows, persistentVolumeClaim: {claimName: rows}}]
                """));
        pods.create(pod("readonly", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sh, -c, 'echo x > /w/file; cat /r/file; for f in /r/more /c/data-1 /s/more /d/name /p/more /one; do (echo x > $f) 2>&1 | grep -o "Read-only file system"; done']
                  volumeMounts:
                  - {name: v, mountPath: /w}
                  - {name: v, mountPath: /r, readOnly: true}
                  - {name: c, mountPath: /c}
                  - {name: s, mountPath: /s}
                  - {name: d, mountPath: /d}
                  - {name: p, mountPath: /p}
                  - {name: c, mountPath: /one, subPath: data-1}
                volumes:
                - {name: v, emptyDir: {}}
                - {name: c, configMap: {name: cfg}}
                - {name: s, secret: {secretName: sec}}
                - {name: d, downwardAPI: {items: [{path: name, fieldRef: {fieldPath: metadata.name}}]}}
                - {name: p, projected: {sources: [{secret: {name: sec}}]}}
                """));
        pods.create(pod("nested", """
                initContainers:
                - name: writes
                  image: busybox:1.36
                  command: [sh, -c, 'echo outer > /home/file; echo inner > /c/in/side/file; cat /home/conf/data-1 /c/data-1 /c/single']
                  volumeMounts:
                  - {name: s, mountPath: /c/single, subPath: data-2}
                  - {name: inner, mountPath: /c/in/side}
                  - {name: c, mountPath: /home/conf}
                  - {name: outer, mountPath: /home}
                  - {name: c, mountPath: /c}
                containers:
                - name: reads
                  image: busybox:1.36
                  command: [cat, /outer/file, /inner/file]
                  volumeMounts:
                  - {name: outer, mountPath: /outer}
                  - {name: inner, mountPath: /inner}
                volumes:
                - {name: outer, emptyDir: {}}
                - {name: inner, emptyDir: {}}
                - {name: c, configMap: {name: cfg}}
                - {name: s, secret: {secretName: sec}}
                """));
        host();
    }

    private void host() throws IOException {
        Files.writeString(host.resolve("file"), "of the host\n");
        try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            socket.bind(UnixDomainSocketAddress.of(host.resolve("socket")));
        }
        pods.create(pod("paths", """
                containers:
                - name: main
                  image: busybox:1.36
                  command:
                  - sh
                  - -c
                  - >-
                    cat /h/folder/file /h/file; test -S /h/socket && echo socket; test -c /h/null && echo device;
                    echo x > /h/made-file; echo x > /h/made-folder/file; ls -A /h/any;
                    test -e /h/dev/pts/ptmx && echo and what is mounted within
                  volumeMounts:
                  - {name: folder, mountPath: /h/folder, readOnly: true}
                  - {name: file, mountPath: /h/file}
                  - {name: socket, mountPath: /h/socket}
                  - {name: device, mountPath: /h/null}
                  - {name: made-file, mountPath: /h/made-file}
                  - {name: made-folder, mountPath: /h/made-folder}
                  - {name: any, mountPath: /h/any}
                  - {name: dev, mountPath: /h/dev, readOnly: true}
                volumes:
                - {name: folder, hostPath: {path: "%1$s", type: Directory}}
                - {name: file, hostPath: {path: "%1$s/file", type: File}}
                - {name: socket, hostPath: {path: "%1$s/socket", type: Socket}}
                - {name: device, hostPath: {path: /dev/null, type: CharDevice}}
                - {name: made-file, hostPath: {path: "%1$s/made-file", type: FileOrCreate}}
                - {name: made-folder, hostPath: {path: "%1$s/made/folder", type: DirectoryOrCreate}}
                - {name: any, hostPath: {path: "%1$s/any"}}
                - {name: dev, hostPath: {path: /dev, type: Directory}}
                """.formatted(host)));
        pods.create(pod("no-socket", """
                containers:
                - {name: main, image: "busybox:1.36", command: ['true'], volumeMounts: [{name: v, mountPath: /v}]}
                volumes: [{name: v, hostPath: {path: "%s/file", type: Socket}}]
                """.formatted(host)));
    }

    @AfterAll
    final void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    @Test
    void whoeverPutsMoreIntoAnEmptyDirThanItMayHoldIsEvicted() {
        Pod evicted = pods.ended("greedy");
        assertThat(evicted.status().phase()).isEqualTo(PodPhase.FAILED);
        assertThat(evicted.status().reason()).isEqualTo("Evicted");
        assertThat(evicted.status().message()).isEqualTo("Usage of EmptyDir volume \"v\" exceeds the limit \"1Mi\". ");
    }

    @Test
    void whatIsWrittenIntoAClaimIsThereForThePodThatComesNext() {
        assertThat(pods.said("writes", "main")).containsExactly("a", "file");
        pods.client().pods().delete("writes");
        pods.client().pods().awaitGone("writes", PATIENCE);
        pods.create(pod("reads", """
                containers:
                - name: main
                  image: busybox:1.36
                  command: [sh, -c, 'cat /rows/file /rows/a/part/file; (echo x > /rows/more) 2>&1 | grep -o "Read-only file system"']
                  volumeMounts: [{name: rows, mountPath: /rows}]
                volumes: [{name: rows, persistentVolumeClaim: {claimName: rows, readOnly: true}}]
                """));
        assertThat(pods.said("reads", "main")).containsExactly("row", "part", READ_ONLY);
    }

    @Test
    void filesOfObjectsCannotBeWrittenNorWhatIsMountedSo() {
        assertThat(pods.said("readonly", "main"))
                .containsExactly("x", READ_ONLY, READ_ONLY, READ_ONLY, READ_ONLY, READ_ONLY, READ_ONLY);
    }

    @Test
    void aVolumeWithinAnotherLeavesThatOneAsItIs() {
        assertThat(pods.said("nested", "writes")).containsExactly("value-1value-1value-2");
        assertThat(pods.said("nested", "reads")).containsExactly("outer", "inner");
    }

    @Test
    void pathsOfTheHostAreWhatThePodSaysThatTheyAre() {
        assertThat(pods.said("paths", "main"))
                .containsExactly("of the host", "of the host", "socket", "device", "and what is mounted within");
        assertThat(host.resolve("made-file")).hasContent("x");
        assertThat(host.resolve("made/folder/file")).hasContent("x");
        assertThat(host.resolve("any")).isEmptyDirectory();
        pods.awaitEvent(
                "no-socket",
                "FailedMount",
                "MountVolume.SetUp failed for volume \"v\" : hostPath type check failed: " + host
                        + "/file is not a socket file");
        assertThat(pods.client().pods().get("no-socket").status().phase()).isEqualTo(PodPhase.PENDING);
    }
}
