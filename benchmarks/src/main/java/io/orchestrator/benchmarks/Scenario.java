package io.orchestrator.benchmarks;

/**
 * One measurement that people can repeat, with the peer or the limit beside it in the same run. Add a new one to
 * {@link Scenarios}.
 */
public interface Scenario {

    /** As it is given on the command line, such as {@code store-memory}. */
    String name();

    /** One line: what is measured, beside what, and with which options. */
    String description();

    /** Measures. Cleans up what it made, also when it fails. */
    Report run(Options options) throws Exception;
}
