package io.orchestrator.apiserver.stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;

/**
 * How a command ended, as clients read it.
 *
 * @param exitCode of the command; -1 where it is not known
 * @param message what went wrong; empty for nothing
 */
record CommandEnd(int exitCode, String message) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static CommandEnd exited(int code) {
        return new CommandEnd(code, code == 0 ? "" : "command terminated with non-zero exit code: exit code " + code);
    }

    static CommandEnd failed(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped && wrapped.getCause() != null
                ? wrapped.getCause()
                : failure;
        return new CommandEnd(-1, String.valueOf(cause.getMessage()));
    }

    /** As a Status object, from the fourth version of the protocol on. */
    byte[] asStatus() {
        ObjectNode status = JSON.objectNode();
        status.putObject("metadata");
        if (message.isEmpty()) {
            status.put("status", "Success");
        } else if (exitCode < 0) {
            status.put("status", "Failure")
                    .put("message", message)
                    .put("reason", "InternalError")
                    .put("code", 500);
        } else {
            status.put("status", "Failure").put("message", message).put("reason", "NonZeroExitCode");
            status.putObject("details")
                    .putArray("causes")
                    .addObject()
                    .put("reason", "ExitCode")
                    .put("message", Integer.toString(exitCode));
        }
        return status.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As text, before that; nothing where all went well. */
    byte[] asText() {
        return message.getBytes(StandardCharsets.UTF_8);
    }
}
