// SPDX-License-Identifier: Apache-2.0
/// Requests as people and programs write them: the request document, in JSON or YAML.
///
/// Start with [RequestDocument]; [Given] is what a document states, before it is a request, and
/// [FactText] the text form of every type of fact.
@NullMarked
package dev.vigil.workbench.request;

import org.jspecify.annotations.NullMarked;
