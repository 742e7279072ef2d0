/** The records of {@code certificates.k8s.io/v1}: CertificateSigningRequest and its parts. Immutable; they know nothing about storage or controllers. */
@NullMarked
package io.orchestrator.api.model.certificates;

import org.jspecify.annotations.NullMarked;
