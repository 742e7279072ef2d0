package io.orchestrator.apiserver.node;

import io.orchestrator.api.meta.Time;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a {@link SummaryPage} tells of the machine of its node, from the kernel's files: what went over its network, and how many
 * processes there are. Several nodes of a machine tell the same; one that is no Linux tells nothing.
 */
final class MachineFigures {
    private static final Logger LOG = LoggerFactory.getLogger(MachineFigures.class);
    private static final int RECEIVED_ERRORS = 2;
    private static final int SENT = 8;
    private static final int SENT_ERRORS = 10;
    private static final String LOOPBACK = "lo";
    private static final String EVERYWHERE = "00000000";

    private final Path proc;
    private final Instant at;

    /** @param proc where the kernel's files are */
    MachineFigures(Path proc, Instant at) {
        this.proc = proc;
        this.at = at;
    }

    void tell(Map<String, Object> told) {
        try {
            List<Map<String, Object>> interfaces = interfaces();
            if (!interfaces.isEmpty()) {
                Map<String, Object> network = begun();
                network.putAll(interfaces.get(0));
                network.put("interfaces", interfaces);
                told.put("network", network);
            }
            Map<String, Object> limit = begun();
            limit.put("maxpid", Long.parseLong(text("sys/kernel/pid_max")));
            String tasks = text("loadavg").split("\\s+", -1)[3];
            limit.put("curproc", Long.parseLong(tasks.substring(tasks.indexOf('/') + 1)));
            told.put("rlimit", limit);
        } catch (IOException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
            LOG.debug("not everything is known of this machine", e);
        }
    }

    /** The first is the one that leads to everybody, where one does. */
    private List<Map<String, Object>> interfaces() throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        String outward = outward();
        for (String line : Files.readAllLines(proc.resolve("net/dev"))) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).strip();
            if (colon < 0 || name.equals(LOOPBACK)) {
                continue;
            }
            String[] counts = line.substring(colon + 1).strip().split("\\s+", -1);
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("name", name);
            told.put("rxBytes", Long.parseLong(counts[0]));
            told.put("rxErrors", Long.parseLong(counts[RECEIVED_ERRORS]));
            told.put("txBytes", Long.parseLong(counts[SENT]));
            told.put("txErrors", Long.parseLong(counts[SENT_ERRORS]));
            all.add(name.equals(outward) ? 0 : all.size(), told);
        }
        return all;
    }

    private String outward() throws IOException {
        for (String line : Files.readAllLines(proc.resolve("net/route"))) {
            String[] columns = line.split("\\s+", -1);
            if (columns.length > 1 && columns[1].equals(EVERYWHERE)) {
                return columns[0];
            }
        }
        return "";
    }

    /** In one read: the kernel tells its settings to the first one alone, however little that takes. */
    private String text(String file) throws IOException {
        try (BufferedReader reader = Files.newBufferedReader(proc.resolve(file))) {
            String line = reader.readLine();
            return line == null ? "" : line.strip();
        }
    }

    private Map<String, Object> begun() {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("time", Time.of(at).toString());
        return told;
    }
}
