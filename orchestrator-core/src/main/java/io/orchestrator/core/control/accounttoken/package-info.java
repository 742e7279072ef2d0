/**
 * Fills secrets of type {@code kubernetes.io/service-account-token} with a token, and removes them with their account. One key
 * per secret.
 */
@NullMarked
package io.orchestrator.core.control.accounttoken;

import org.jspecify.annotations.NullMarked;
