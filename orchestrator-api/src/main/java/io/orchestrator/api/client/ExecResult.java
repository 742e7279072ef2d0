package io.orchestrator.api.client;

/** How a command in a container ended. @param stdout and stderr as UTF-8 */
public record ExecResult(int exitCode, String stdout, String stderr) {}
