package io.orchestrator.samples.cluster;

import io.orchestrator.testkit.junit.RequiresDocker;

/** The demo on Docker. */
@RequiresDocker
class DockerWebIT extends WebContract {

    @Override
    String runtime() {
        return "docker";
    }

    @Override
    void killContainerOf(String pod) throws Exception {
        DockerProgram.run(
                "kill",
                DockerProgram.run(
                                "ps",
                                "-q",
                                "--filter",
                                "label=io.orchestrator.kind=container",
                                "--filter",
                                "label=io.orchestrator.pod.name=" + pod)
                        .strip());
    }

    @Override
    Presence presenceBy(String podUid) throws Exception {
        String cluster = DockerProgram.clusterOf(podUid);
        return () -> DockerProgram.present(cluster);
    }
}
