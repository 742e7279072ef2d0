package io.orchestrator.testkit.runtime;

import java.util.List;
import java.util.Optional;

/** The commands with which {@link ContainerRuntimeContract} exercises a runtime. {@link #shell} suits whatever has a POSIX shell. */
public interface RuntimePrograms {
    /** The exit code of {@link #runsForever} when it was asked to end. */
    int CODE_ON_TERM = 7;

    /** An image that the runtime has or can pull, in which the commands below work. */
    String image();

    /** Runs until it gets TERM, then exits with {@link #CODE_ON_TERM} at once. */
    List<String> runsForever();

    /** Computes without a pause until it gets TERM. */
    List<String> computes();

    List<String> exits(int code);

    /** Prints the lines on stdout and exits with 0. */
    List<String> prints(List<String> lines);

    /** Prints the lines on stdout, then behaves like {@link #runsForever}: once they are out, it listens to TERM. */
    List<String> printsAndRuns(List<String> lines);

    /** Prints one line on stderr and exits with 0. */
    List<String> printsOnStderr(String line);

    /** Runs on whatever it is sent, short of KILL, once it has printed {@code ready} on a line. */
    List<String> ignoresTerm();

    /** Prints the variable's value and exits with 0. */
    List<String> printsVariable(String name);

    /** Prints the working directory and exits with 0. */
    List<String> printsWorkingDirectory();

    /** Prints each argument that is appended to it on a line of its own, and exits with 0. */
    List<String> printsArguments();

    /** For exec: says one thing on stdout and another on stderr, and exits with the code. */
    List<String> says(String out, String err, int code);

    /** For exec and attach: copies stdin to stdout until stdin ends, and exits with 0. */
    List<String> copiesStdin();

    /** Answers HTTP GET requests on this port of the pod's address; empty where the image cannot. */
    default Optional<List<String>> servesHttp(int port) {
        return Optional.empty();
    }

    /** Programs for {@code /bin/sh} in this image. */
    static RuntimePrograms shell(String image) {
        return new ShellPrograms(image, false);
    }

    /** The same for an image whose shell is BusyBox, which serves HTTP too. */
    static RuntimePrograms busybox(String image) {
        return new ShellPrograms(image, true);
    }
}
