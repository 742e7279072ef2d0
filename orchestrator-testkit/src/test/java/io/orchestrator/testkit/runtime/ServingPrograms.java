package io.orchestrator.testkit.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Shell programs, and Python's web server where this machine has one. */
record ServingPrograms(RuntimePrograms shell) implements RuntimePrograms {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    @Override
    public Optional<List<String>> servesHttp(int port) {
        return Files.isExecutable(PYTHON)
                ? Optional.of(
                        List.of("/bin/sh", "-c", "exec " + PYTHON + " -m http.server " + port + " --bind \"$POD_IP\""))
                : Optional.empty();
    }

    @Override
    public String image() {
        return shell.image();
    }

    @Override
    public List<String> runsForever() {
        return shell.runsForever();
    }

    @Override
    public List<String> computes() {
        return shell.computes();
    }

    @Override
    public List<String> exits(int code) {
        return shell.exits(code);
    }

    @Override
    public List<String> prints(List<String> lines) {
        return shell.prints(lines);
    }

    @Override
    public List<String> printsAndRuns(List<String> lines) {
        return shell.printsAndRuns(lines);
    }

    @Override
    public List<String> printsOnStderr(String line) {
        return shell.printsOnStderr(line);
    }

    @Override
    public List<String> ignoresTerm() {
        return shell.ignoresTerm();
    }

    @Override
    public List<String> printsVariable(String name) {
        return shell.printsVariable(name);
    }

    @Override
    public List<String> printsWorkingDirectory() {
        return shell.printsWorkingDirectory();
    }

    @Override
    public List<String> printsArguments() {
        return shell.printsArguments();
    }

    @Override
    public List<String> says(String out, String err, int code) {
        return shell.says(out, err, code);
    }

    @Override
    public List<String> copiesStdin() {
        return shell.copiesStdin();
    }
}
