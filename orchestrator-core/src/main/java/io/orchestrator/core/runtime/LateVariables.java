package io.orchestrator.core.runtime;

import io.orchestrator.spi.runtime.RuntimeFailure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The variables of a command that programs with other rights begin. Many a variable has the loader, the C library or a shell run
 * what it names, so that these programs see the values under names that mean nothing; the last shell, which has the command's
 * rights already, gives them their own. Values are in no command line, as everybody may read those. Immutable.
 *
 * @param early what the programs before the command see
 * @param words before the command, of that shell
 */
record LateVariables(Map<String, String> early, List<String> words) {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final String PLACES = "/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String NEUTRAL = "ORCHESTRATOR_ENV_";
    private static final String FUNCTION = "BASH_FUNC_";

    LateVariables {
        early = Map.copyOf(early);
        words = List.copyOf(words);
    }

    /** @param mark the name of the variable by which processes of the container are known, which stays as it is */
    static LateVariables of(Map<String, String> all, String mark) {
        check(all);
        String neutral = NEUTRAL;
        while (begins(all, neutral)) {
            neutral += "_";
        }
        Map<String, String> early = new LinkedHashMap<>();
        early.put("PATH", PLACES);
        StringBuilder script = new StringBuilder("umask 022\n");
        int number = 0;
        for (Map.Entry<String, String> each : all.entrySet()) {
            String name = each.getKey();
            if (name.equals(mark) || !isIdentifier(name)) {
                early.put(name, each.getValue());
                continue;
            }
            String hidden = neutral + number++;
            early.put(hidden, each.getValue());
            // "command", so that a name that is the shell's own does not end it
            script.append("command export %s=\"$%s\"; unset %s\n".formatted(name, hidden, hidden));
        }
        script.append("exec \"$@\"");
        return new LateVariables(early, List.of("/bin/sh", "-c", script.toString(), "sh"));
    }

    /** Refuses what a shell would take for more than a value, and what no name may hold for it. */
    static void check(Map<String, String> all) {
        for (String name : all.keySet()) {
            if (!isIdentifier(name) && (name.startsWith(FUNCTION) || name.contains("%") || name.contains("("))) {
                throw new RuntimeFailure(
                        RuntimeFailure.Kind.CANNOT_START,
                        "the variable \"" + name + "\" would be taken for a function by shells of this machine");
            }
        }
    }

    private static boolean begins(Map<String, String> all, String start) {
        return all.keySet().stream().anyMatch(name -> name.startsWith(start));
    }

    private static boolean isIdentifier(String name) {
        return IDENTIFIER.matcher(name).matches();
    }
}
