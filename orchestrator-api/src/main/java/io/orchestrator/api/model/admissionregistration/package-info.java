/** The records of {@code admissionregistration.k8s.io/v1}: webhooks, admission policies and their parts. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.admissionregistration;

import org.jspecify.annotations.NullMarked;
