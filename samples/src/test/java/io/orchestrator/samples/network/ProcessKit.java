package io.orchestrator.samples.network;

import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.PodDraft;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Processes: a web server in Perl, of which every Debian has the base, and curl. */
final class ProcessKit implements PodKit {
    private static final String SERVER = """
            use IO::Socket::INET;
            my $s = IO::Socket::INET->new(LocalAddr => $ENV{POD_IP}, LocalPort => %d, Listen => 128, ReuseAddr => 1)
                or die "$!";
            while (my $c = $s->accept) {
                while (<$c>) { last if /^\\r?\\n$/ }
                my $text = "host=$ENV{HOSTNAME}\\n";
                print $c "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\nContent-Length: ", length $text, "\\r\\n\\r\\n", $text;
                close $c;
            }
            """.formatted(PORT);

    @Override
    public int crowd() {
        return 10;
    }

    @Override
    public PodDraft server(String name) {
        return Pod.named(name)
                .container(
                        "main",
                        "any",
                        c -> c.command("perl", "-e", SERVER)
                                .port(PORT)
                                .readinessProbe(
                                        probe -> probe.httpGet("/", PORT).every(Duration.ofSeconds(1))))
                .gracePeriod(Duration.ofSeconds(1));
    }

    @Override
    public PodDraft client(String name) {
        return Pod.named(name)
                .container("main", "any", c -> c.command("sleep", "1000"))
                .gracePeriod(Duration.ofSeconds(1));
    }

    @Override
    public List<String> fetch(String url) {
        return List.of("curl", "-sS", "-m", "10", url);
    }

    @Override
    public List<String> within(Pod pod) {
        return List.of();
    }

    /** Every process of a pod knows its address, and all of them are descendants of this one. */
    @Override
    public void kill(Pod pod) {
        String mine = "POD_IP=" + pod.status().podIP() + "\0";
        ProcessHandle.current()
                .descendants()
                .filter(process -> environment(process.pid()).contains(mine))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static String environment(long pid) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), "environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It has ended meanwhile.
            return "";
        }
    }

    @Override
    public String hostAddress(String clusterId) {
        return "127.0.0.1";
    }
}
