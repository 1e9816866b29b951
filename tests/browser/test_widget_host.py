"""The widget on pages that are not ours, in a real browser: what it must survive there, and what it must not do to them."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.widget_pages import PNG, Shop, box, launcher, opened, panel, started, write

PHONE = {"width": 390, "height": 844}
HOSTILE = """
* { color: rgb(255, 0, 0) !important; background: rgb(255, 255, 0) !important; font-size: 40px !important; margin: 9px !important; }
lacasa-widget { direction: rtl !important; contain: layout; display: none !important; }
button { width: 300px !important; border-radius: 0 !important; text-transform: uppercase !important; display: none !important; }
body { display: grid; gap: 50px; transform: none; }
"""
COUNT_SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
COUNT_VIOLATIONS = (
    'window.violations = []; addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));'
)


def test_chat_is_fetched_only_when_somebody_wants_it(shop: Shop, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(shop.page())
    expect(launcher(page)).to_be_visible()
    page.wait_for_timeout(300)
    assert not [url for url in asked if "/chat/" in url or "/api/" in url]
    launcher(page).hover()
    page.wait_for_function("performance.getEntriesByType('resource').some(({ name }) => name.includes('/chat/chat-'))")


def test_the_launcher_has_the_shops_colour_before_chat_is_there(shop: Shop, page: Page) -> None:
    page.goto(shop.page(attributes='data-accent="#1f7a4d"'))
    expect(launcher(page)).to_have_css("background-color", "rgb(31, 122, 77)")
    expect(launcher(page)).to_have_css("color", "rgb(255, 255, 255)")
    page.goto(shop.page(attributes='data-accent="#ffd54a"'))
    expect(launcher(page)).to_have_css("color", "rgb(22, 22, 26)")


def test_a_site_that_is_not_allowed_shows_no_chat_and_tells_its_maker_why(shop: Shop, page: Page) -> None:
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(shop.page().replace("localhost", "127.0.0.1"))
    launcher(page).evaluate("(button) => button.click()")  # a mouse on its way there asks already, and it is gone before the click
    expect(page.locator("lacasa-widget")).to_have_count(0)
    assert any("websites" in text and "http://127.0.0.1" in text for text in told), told


def test_the_very_first_click_opens_the_panel(shop: Shop, page: Page) -> None:
    page.goto(shop.page())
    launcher(page).evaluate("(button) => button.click()")  # no hover, no focus before it
    expect(panel(page)).to_be_visible()


def test_what_the_page_said_before_the_script_came_is_obeyed(shop: Shop, page: Page) -> None:
    stub = "<script>window.Lacasa = (...command) => (Lacasa.q ??= []).push(command); Lacasa('open')</script>"
    page.goto(shop.page(head=stub))
    expect(panel(page)).to_be_visible()
    page.evaluate("Lacasa('close')")
    expect(panel(page)).to_have_count(0)
    page.evaluate("Lacasa('open')")
    expect(panel(page)).to_be_visible()


def test_the_page_may_boot_the_widget_itself(shop: Shop, page: Page) -> None:
    page.goto(shop.page())
    page.evaluate(
        """([src, key]) => {
          document.querySelector("lacasa-widget").remove();
          document.querySelector("script[data-key]").remove();
          delete window.Lacasa;
          const script = document.createElement("script");
          script.src = src;
          script.onload = () => Lacasa("boot", { key, position: "start" });
          document.body.append(script);
        }""",
        [f"{shop.lacasa}/widget.js", shop.key],
    )
    assert box(launcher(page))["x"] < 100
    launcher(page).click()
    expect(panel(page).locator(".hero h2")).not_to_be_empty()
    assert box(panel(page))["x"] < 100


def test_on_a_phone_the_panel_covers_the_whole_screen(shop: Shop, chromium: Browser) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = opened(context.new_page(), shop.page())
    page.wait_for_timeout(300)
    assert box(panel(page)) == {"x": 0, "y": 0, **PHONE}
    expect(launcher(page)).to_be_hidden()
    panel(page).get_by_role("button", name="Send us a message").click()
    field = box(panel(page).get_by_role("textbox", name="Write a message"))
    assert field["y"] + field["height"] <= PHONE["height"]
    for _ in range(30):  # the focus stays inside
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") == "LACASA-WIDGET"
    panel(page).get_by_role("button", name="Close chat").click()
    expect(launcher(page)).to_be_focused()
    context.close()


def test_hostile_styles_of_the_page_do_not_get_in(shop: Shop, page: Page) -> None:
    looks = """(root) => [...root.shadowRoot.querySelectorAll("*")].map((each) => {
      const { color, backgroundColor, fontSize, margin, display, textTransform } = getComputedStyle(each);
      return [each.tagName, each.className.baseVal ?? each.className, color, backgroundColor, fontSize, margin, display, textTransform].join(" ");
    })"""
    found = []
    for head in ("", f"<style>{HOSTILE}</style>"):
        opened(page, shop.page(head=head))
        expect(panel(page).locator(".line").first).to_be_visible()
        page.mouse.move(0, 0)
        page.wait_for_timeout(400)
        found.append((page.locator("lacasa-widget").evaluate(looks), box(launcher(page)), box(panel(page))))
        page.evaluate("localStorage.clear()")
    assert found[0] == found[1]
    assert (found[0][1]["width"], found[0][1]["height"]) == (56, 56)


def test_nothing_on_the_page_moves(shop: Shop, page: Page) -> None:
    page.add_init_script(COUNT_SHIFTS)
    grid = "<style>body { display: grid; gap: 40px } p { height: 900px }</style>"
    page.goto(shop.page(head=grid, body="<p>Text</p>"))
    expect(launcher(page)).to_be_visible()
    height = "document.documentElement.scrollHeight"
    before = page.evaluate(height)
    page.locator("lacasa-widget").evaluate("(element) => element.remove()")
    assert page.evaluate(height) == before
    opened(page, shop.page(head=grid, body="<p>Text</p>"))
    page.wait_for_timeout(800)
    assert page.evaluate("window.shifts") == 0


def test_it_works_under_a_strict_policy_and_trusted_types(shop: Shop, page: Page) -> None:
    ours = shop.lacasa
    policy = f"default-src 'none'; script-src {ours}; connect-src {ours} {ours.replace('http', 'ws')}; require-trusted-types-for 'script'"
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.add_init_script(COUNT_VIOLATIONS)
    started(page, shop.page(headers={"Content-Security-Policy": policy}))
    page.locator("lacasa-widget input[type=file]").set_input_files({"name": "dot.png", "mimeType": "image/png", "buffer": PNG})
    write(page, "with a picture")
    expect(panel(page).locator("canvas:not(.skeleton)")).to_be_visible()
    assert page.evaluate("window.violations") == []
    assert [error for error in errors if "Content Security" in error or "Trusted" in error] == []


def test_requests_go_to_where_the_script_came_from(shop: Shop, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sockets: list[str] = []
    page.on("websocket", lambda socket: sockets.append(socket.url))
    started(page, shop.page())
    assert {url.split("/api/")[0] for url in asked if "/api/" in url} == {shop.lacasa}
    page.wait_for_timeout(300)
    assert sockets == [shop.lacasa.replace("http", "ws") + "/ws"]
    assert shop.key not in sockets[0]


def test_no_cookies_and_only_names_of_our_own_in_storage(shop: Shop, page: Page) -> None:
    started(page, shop.page())
    assert page.context.cookies() == []
    assert all(name.startswith("lacasa.") for name in page.evaluate("Object.keys(localStorage)"))
