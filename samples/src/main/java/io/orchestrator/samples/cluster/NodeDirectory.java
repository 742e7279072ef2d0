package io.orchestrator.samples.cluster;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Where the nodes of {@code up} keep volumes, logs and the state of processes while the objects lie in etcd: what runs is
 * adopted after an end without a word only where the next start looks in the same place. So it follows from what the cluster is, and
 * not from where it is started.
 */
final class NodeDirectory {
    private static final String STATE_HOME = "XDG_STATE_HOME";
    private static final int DIGITS = 12;

    private NodeDirectory() {}

    /**
     * @param endpoints of etcd, in whatever order
     * @param prefix before every key
     * @param environment of the process
     * @param home of its user
     */
    static Path of(String name, List<String> endpoints, String prefix, Map<String, String> environment, Path home) {
        String stateHome = environment.getOrDefault(STATE_HOME, "");
        // What is not absolute there is to be ignored, as the base directory specification has it.
        Path states = Path.of(stateHome).isAbsolute()
                ? Path.of(stateHome)
                : home.resolve(".local").resolve("state");
        String store = String.join(",", new TreeSet<>(endpoints)) + " " + prefix;
        return states.resolve("orchestrator").resolve(name + "-" + digest(store));
    }

    private static String digest(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
