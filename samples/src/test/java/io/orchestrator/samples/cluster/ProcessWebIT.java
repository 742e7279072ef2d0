package io.orchestrator.samples.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The demo on processes of this machine. */
class ProcessWebIT extends WebContract {

    @Override
    String runtime() {
        return "process";
    }

    @Override
    void killContainerOf(String pod) {
        for (ProcessHandle server : servers()) {
            if (about(server, "environ").contains("HOSTNAME=" + pod + "\0")) {
                server.destroyForcibly();
                return;
            }
        }
        throw new AssertionError("no process serves for " + pod);
    }

    @Override
    Presence presenceBy(String podUid) throws IOException {
        Path cluster = PodProcesses.folderOfClusterBy(podUid);
        return () -> PodProcesses.of(cluster);
    }

    private static List<ProcessHandle> servers() {
        return ProcessHandle.allProcesses()
                .filter(process -> about(process, "cmdline").contains(DemoServer.class.getName() + "\0"))
                .toList();
    }

    /**
     * What the kernel tells of a process; empty for one that has ended. The JDK's own description leaves out arguments as
     * long as a test's class path.
     */
    private static String about(ProcessHandle process, String what) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), what), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
