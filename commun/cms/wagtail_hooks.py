"""What the administration needs to run under a content policy that refuses scripts inside its pages.

Wagtail still writes five of them (upstream #1288): dates, panels of several things, choosers. Templates of ours and the
method below write instead what is to be started, and `cms/start.js` starts it. A test looks for any other.
"""

from __future__ import annotations

import json
from typing import Any

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.widgets.chooser import BaseChooser


@hooks.register("insert_global_admin_js")
def start_without_inline_scripts() -> SafeString:
    return format_html('<script src="{}"></script>', static("cms/start.js"))


@hooks.register("insert_global_admin_css")
def styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("cms/keep.css"))


@hooks.register("insert_editor_js")
def keep_what_is_typed() -> SafeString:
    return format_html('<script src="{}" defer></script>', static("cms/keep.js"))


def render_chooser(self: Any, name: str, value: Any, attrs: dict[str, Any], renderer: Any = None) -> SafeString:
    value_data = self.get_value_data(value)
    arguments = json.dumps([attrs["id"], self.get_js_init_options(attrs["id"], name, value_data)])
    return format_html(
        '{}<template data-start="{}" data-arguments="{}"></template>',
        self.render_html(name, value_data, attrs),
        self.js_constructor,
        arguments,
    )


# Remove when upstream #1288 is closed.
BaseChooser.render = render_chooser
