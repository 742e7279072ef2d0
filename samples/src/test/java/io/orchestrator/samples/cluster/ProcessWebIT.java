package io.orchestrator.samples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** The demo on processes of this machine. */
class ProcessWebIT extends WebScenario {

    @Override
    String runtime() {
        return "process";
    }

    @Override
    void killOne() {
        servers().get(0).destroyForcibly();
    }

    @Override
    void assertNothingLeft() {
        assertThat(servers()).isEmpty();
    }

    /** Those of this test alone: its class path names them. */
    private static List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .arguments()
                        .map(List::of)
                        .filter(args -> args.contains(DemoServer.class.getName()))
                        .isPresent())
                .toList();
    }
}
