package io.orchestrator.samples.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The demo on processes of this machine. */
class ProcessWebIT extends WebContract {

    @Override
    String runtime() {
        return "process";
    }

    @Override
    void killContainerOf(String pod) throws IOException {
        for (ProcessHandle server : servers()) {
            String environment = Files.readString(Path.of("/proc", Long.toString(server.pid()), "environ"));
            if (environment.contains("HOSTNAME=" + pod + "\0")) {
                server.destroyForcibly();
                return;
            }
        }
        throw new AssertionError("no process serves for " + pod);
    }

    @Override
    Set<String> present() {
        return servers().stream().map(server -> Long.toString(server.pid())).collect(Collectors.toSet());
    }

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
