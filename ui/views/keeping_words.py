"""The page's words about the library and what is kept of it, Chinese with their English."""

KEEPING = {
    # the library
    "资料库": "Library",
    "资料库是空的，请添加简报。": "The library is empty; add bulletins.",
    "共{count}份简报": "{count} bulletin(s)",
    "简报": "Bulletin",
    "地区": "Place",
    "日期": "Date",
    "段落": "Paragraphs",
    "存疑数字": "Doubtful figures",
    "添加简报：拖到这里，或点击选择（{kinds}，可多选）": (
        "Add bulletins: drop them here or click ({kinds}; several at once)"
    ),
    "入库": "Added",
    "查找简报": "Find bulletins",
    "全选": "All",
    "移除所选": "Remove",
    "移除后不再用来回答，确定吗？": "They will no longer be answered from. Sure?",
    "正在读取": "Reading",
    "正在识别扫描页：第{page}页，共{of}页": "Recognising a scan: page {page} of {of}",
    "等待": "Waiting",
    "收下{count}份，共{paragraphs}段": "{count} taken in, {paragraphs} paragraph(s)",
    "；{failed}份未收": "; {failed} refused",
    "替换了同名文件《{title}》": "in place of 《{title}》, a file of the same name",
    "与库中《{title}》内容完全相同": "the same bytes as 《{title}》 in the library",
    "确认移除": "Remove it",
    "{count}份请您决定": "{count} for you to decide",
    "将替换库中同名的《{title}》（{facts}）；旧版保留，引用过它的回答仍可打开": (
        "would replace 《{title}》 ({facts}), which has its name; the version before is kept and "
        "opens where it was cited"
    ),
    "与库中《{title}》（{facts}）内容相同；收下也只存一份，多记一处": (
        "holds the same as 《{title}》 ({facts}); it would be kept once, with both places"
    ),
    "替换": "Replace",
    "两份都留": "Keep both",
    "收下": "Take in",
    "跳过": "Skip",
    "确定": "OK",
    "全部收下": "Take all",
    "全部跳过": "Skip all",
    "已跳过": "skipped",
    # the folder that is served
    "文件夹": "Folder",
    "未跟随，服务启动时同步": "not followed; read when the server starts",
    "等待文件写完：{names}": "waiting for files that are being written: {names}",
    "等{count}个": " and others, {count} in all",
    "正在同步": "being taken in",
    "无法跟随：{why}": "cannot be followed: {why}",
    "正在跟随，有变化一分钟内入库": "followed; what changes is taken in within a minute",
    "上次同步{when}": "last taken in {when}",
    "没有变化": "no change",
    "新增{n}": "{n} new",
    "更新{n}": "{n} changed",
    "移除{n}": "{n} gone",
    "移动{n}": "{n} moved",
    "上次同步有{count}个文件未取": "{count} file(s) were left out at the last time",
    "全部文件夹": "All folders",
    "内容相同：{places}": "the same content: {places}",
    # what is set by hand
    "手工设定": "set by hand",
    "设定日期、地区、刊名": "Set date, place, series",
    "只改检索和限定范围所依据的信息，不改原文；留空则以文件所载为准。": (
        "Changes what questions are limited by, never the text. What is left empty is as the file "
        "has it."
    ),
    "刊名": "Series",
    "现为：{value}": "now: {value}",
    "现无": "now: none",
    "正文": "text",
    "文件名": "file name",
    "所在文件夹": "folder",
    "文件属性，仅供参考": "properties of the file, not believed",
    "保存": "Save",
    "已添加": "added",
    "已更新": "updated",
    "已在库中": "already in the library",
    "{paragraphs}段": "{paragraphs} paragraph(s)",
    "{doubtful}处存疑数字": "{doubtful} doubtful figure(s)",
}
