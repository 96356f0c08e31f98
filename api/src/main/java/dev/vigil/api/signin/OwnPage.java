// SPDX-License-Identifier: Apache-2.0
package dev.vigil.api.signin;

import dev.vigil.api.http.Response;
import dev.vigil.kernel.Secret;

/// The page of a person's own account, and the way to it.
public final class OwnPage {

  private final PageRoutes pages;
  private final Pages shells = new Pages();

  /// @param pages where people sign in
  public OwnPage(PageRoutes pages) {
    this.pages = pages;
  }

  /// The page for somebody signed in.
  public Response shown() {
    return shells.page("Your account", "my.js");
  }

  /// The sign-in page, for a visit that leads here.
  public Response signIn(Secret visit) {
    return pages.signIn(visit);
  }

  /// What the page does.
  public static Response script() {
    return Pages.asset("my.js", "text/javascript; charset=utf-8");
  }
}
