package io.orchestrator.testkit.runtime;

import java.util.List;
import java.util.Optional;

/** The contract's programs in POSIX shell. A record so that a subclass of the contract can wrap it. */
record ShellPrograms(String image, boolean busybox) implements RuntimePrograms {
    private static final String TRAP = "trap 'exit " + CODE_ON_TERM + "' TERM; ";
    private static final String WAIT = "sleep 100000 & wait";

    @Override
    public Optional<List<String>> servesHttp(int port) {
        return busybox
                ? Optional.of(script("echo it works > /tmp/index.html; exec httpd -f -h /tmp -p " + port))
                : Optional.empty();
    }

    @Override
    public List<String> runsForever() {
        return script(TRAP + WAIT);
    }

    @Override
    public List<String> computes() {
        return script(TRAP + "while :; do :; done");
    }

    @Override
    public List<String> exits(int code) {
        return script("exit " + code);
    }

    @Override
    public List<String> prints(List<String> lines) {
        return script(echo(lines));
    }

    @Override
    public List<String> printsAndRuns(List<String> lines) {
        return script(TRAP + echo(lines) + WAIT);
    }

    @Override
    public List<String> printsOnStderr(String line) {
        return script("echo " + quoted(line) + " >&2");
    }

    @Override
    public List<String> ignoresTerm() {
        return script("trap '' TERM; echo ready; while :; do sleep 1; done");
    }

    @Override
    public List<String> printsVariable(String name) {
        return script("echo \"$" + name + "\"");
    }

    @Override
    public List<String> printsWorkingDirectory() {
        return script("pwd");
    }

    @Override
    public List<String> printsArguments() {
        return List.of("/bin/sh", "-c", "for word in \"$@\"; do echo \"$word\"; done", "sh");
    }

    @Override
    public List<String> says(String out, String err, int code) {
        return script("echo " + quoted(out) + "; echo " + quoted(err) + " >&2; exit " + code);
    }

    @Override
    public List<String> copiesStdin() {
        return List.of("/bin/cat");
    }

    private static List<String> script(String text) {
        return List.of("/bin/sh", "-c", text);
    }

    private static String echo(List<String> lines) {
        StringBuilder script = new StringBuilder();
        lines.forEach(line -> script.append("echo ").append(quoted(line)).append("; "));
        return script.toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
