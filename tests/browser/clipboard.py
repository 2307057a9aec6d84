# ruff: noqa: E501 (markup as programs write it)
"""What five programs put into the clipboard for one and the same text, in their manner, written by us."""

TEXT = "Une rue refaite\nCe qui a changé\nLes voisins ont tout écrit.\ndes bancs\nen bois\ndes jardinières\nd’abord\nensuite\nFin."

WORD = """
<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm; font-family:"Calibri",sans-serif;} --></style></head>
<body lang=FR style='tab-interval:35.4pt'><!--StartFragment-->
<p class=MsoTitle><span style='font-size:28.0pt;color:#2E74B5'>Une rue refaite<o:p></o:p></span></p>
<h2><a name="_Toc1"></a>Ce qui a chang&eacute;<o:p></o:p></h2>
<p class=MsoNormal><b><span style='color:red;mso-themecolor:accent1'>Les voisins</span></b> ont <a href="https://www.example.org/recit"><span style='color:#0563C1'>tout &eacute;crit</span></a>.<!--[if supportFields]>PAGE<![endif]--><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>des bancs<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span style='font-family:"Courier New"'><span style='mso-list:Ignore'>o<span>&nbsp;&nbsp; </span></span></span><![endif]>en bois<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>&middot;<span>&nbsp; </span></span><![endif]>des jardini&egrave;res<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>d&rsquo;abord<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='mso-list:l1 level1 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp;&nbsp; </span></span><![endif]>ensuite<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1><tr><td width=300><p class=MsoNormal>Fin.<o:p></o:p></p></td></tr></table>
<div style='mso-element:comment-list'><p>Un commentaire de quelqu&rsquo;un</p></div>
<!--EndFragment--></body></html>"""

GOOGLE_DOCS = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1a2b3c4d-7fff">
<h1 dir="ltr" style="line-height:1.38;margin-top:20pt;"><span style="font-size:20pt;font-family:Arial;color:#000000;">Une rue refaite</span></h1>
<h2 dir="ltr" style="line-height:1.38;"><span style="font-size:16pt;">Ce qui a changé</span></h2>
<p dir="ltr" style="line-height:1.38;"><span style="font-weight:700;">Les voisins</span><span> ont </span><a href="https://www.google.com/url?q=https://www.example.org/recit&amp;sa=D&amp;source=editors" style="text-decoration:none;"><span style="color:#1155cc;text-decoration:underline;">tout écrit</span></a><span>.</span></p>
<ul style="margin-top:0;"><li dir="ltr" aria-level="1" style="list-style-type:disc;"><p dir="ltr" role="presentation"><span>des bancs</span></p></li><ul style="margin-top:0;"><li dir="ltr" aria-level="2"><p dir="ltr" role="presentation"><span>en bois</span></p></li></ul><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>des jardinières</span></p></li></ul>
<ol><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>d’abord</span></p></li><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span>ensuite</span></p></li></ol><br />
<p dir="ltr"><span><span style="border:none;display:inline-block;overflow:hidden;"><img src="https://lh7.example.org/docsz/A" width="602" height="401" /></span></span></p><p dir="ltr"><span>Fin.</span></p></b><br class="Apple-interchange-newline">"""

LIBRE_OFFICE = """<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0 Transitional//EN"><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title><meta name="generator" content="LibreOffice 24.2 (Linux)"/>
<style type="text/css">@page { size: 21cm 29.7cm; margin: 2cm } h1.western { font-family: "Liberation Sans" }</style></head>
<body lang="fr-FR" link="#000080" vlink="#800000" dir="ltr"><h1 class="western">Une rue refaite</h1>
<h2 class="western"><a name="__RefHeading___Toc1"></a>Ce qui a changé</h2>
<p style="line-height: 115%; margin-bottom: 0.25cm"><font color="#c9211e"><b>Les voisins</b></font> ont
<font color="#000080"><span lang="zxx"><u><a href="https://www.example.org/recit">tout
écrit</a></u></span></font>.</p>
<ul>
	<li><p style="line-height: 115%">des bancs</p>
	<ul>
		<li><p style="line-height: 115%">en bois</p></li>
	</ul>
	<li><p style="line-height: 115%">des jardinières</p></li>
</ul>
<ol><li><p>d’abord</p></li><li><p>ensuite</p></li></ol>
<p style="margin-bottom: 0cm"><br/></p>
<dl><dd><table cellpadding="4"><col width="128*"/><tr valign="top"><td style="border: 1px solid"><p>Fin.</p></td></tr></table></dd></dl></body></html>"""

LA_SUITE_DOCS = """<h1 data-level="1">Une rue refaite</h1><h2 data-level="2" data-text-color="blue">Ce qui a changé</h2>
<p class="bn-inline-content"><strong>Les voisins</strong> ont <a target="_blank" rel="noopener noreferrer nofollow" class="bn-link" href="https://www.example.org/recit"><em>tout écrit</em></a>.</p>
<ul><li><p class="bn-inline-content">des bancs</p><ul><li><p class="bn-inline-content">en bois</p></li></ul></li><li><p class="bn-inline-content">des jardinières</p></li></ul>
<ol><li><p class="bn-inline-content">d’abord</p></li><li><p class="bn-inline-content">ensuite</p></li></ol>
<figure data-content-type="image"><img src="https://docs.example.org/media/1.png" alt=""></figure>
<div data-content-type="callout" data-emoji="💡"><p class="bn-inline-content" style="background-color: yellow">Fin.</p></div><p class="bn-inline-content"></p>"""

WEB_PAGE = """<meta charset='utf-8'><article class="post" onclick="alert(1)"><script>alert(1)</script><style>h1{color:red}</style>
<header><h1 style="box-sizing: border-box; font: 700 32px/1.2 Roboto, sans-serif; -webkit-text-stroke-width: 0px;">Une rue refaite</h1><button>Partager</button></header>
<div role="heading" aria-level="3">Ce qui a changé</div><div><span style="font-weight: bold">Les voisins</span> ont <a href="https://www.example.org/recit" onmouseover="alert(1)">tout écrit</a><a href="javascript:alert(1)">.</a></div>
<ul class="list"><li>des bancs<ul><li>en bois</li></ul></li><li><a href="#jardinieres">des jardinières</a></li></ul><ol start="4"><li>d’abord</li><li>ensuite</li></ol>
<iframe src="https://video.example.org/"></iframe><img src="x.png" onerror="alert(1)"><span hidden>Lu seulement par les robots</span><svg><text>dessin</text></svg><div><div><div>Fin.</div></div></div></article>"""

MANNERS = {
    "Word": WORD,
    "Google Docs": GOOGLE_DOCS,
    "LibreOffice": LIBRE_OFFICE,
    "La Suite Docs": LA_SUITE_DOCS,
    "une page web": WEB_PAGE,
}
